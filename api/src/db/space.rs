//! A reserve of the disk. While the disk is nearly full, ordinary writes are refused; what gets people in, out and rid
//! of things goes on, in the room that is kept for it: half of it as what is left free, half as a file that is
//! deleted when others have filled even that.

use super::lock::with_suffix;
use std::fs::File;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a look at the disk holds good.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// The reserve is at most this part of the disk.
const PART_OF_DISK: u64 = 8;

/// The disk as it stands, in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Disk {
    pub(super) size: u64,
    pub(super) free: u64,
}

/// Looks after the reserve.
pub(super) struct Space {
    folder: PathBuf,
    file: PathBuf,
    wanted: u64,
    looked: Option<Instant>,
    is_low: bool,
}

impl Space {
    /// For the database `file`; `wanted` bytes are kept.
    pub(super) fn new(file: &Path, wanted: u64) -> Self {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = folder.to_owned();
        Self { folder, file: with_suffix(file, ".reserve"), wanted, looked: None, is_low: false }
    }

    /// Whether ordinary writes are to be refused now. `unused` says how many bytes of the database's file are.
    pub(super) fn is_low(&mut self, unused: impl FnOnce() -> u64) -> bool {
        if self.wanted == 0 || self.looked.is_some_and(|at| at.elapsed() < LOOK_EVERY) {
            return self.is_low;
        }
        self.looked = Some(Instant::now());
        let Some(disk) = disk(&self.folder) else { return self.is_low };
        let was_low = self.is_low;
        self.is_low = self.look(disk);
        // What was deleted left room in the file, and a change needs no more than a little beside it.
        if self.is_low && disk.free + self.kept() >= self.reserve(disk) / 2 {
            self.is_low = unused() < self.reserve(disk);
        }
        match (was_low, self.is_low) {
            (false, true) => {
                tracing::error!(free = disk.free, "the disk is nearly full; only deleting and signing in go on");
            }
            (true, false) => tracing::info!(free = disk.free, "the disk has room again"),
            _ => {}
        }
        self.is_low
    }

    /// Makes room for an essential write, if there is too little.
    pub(super) fn make_room(&mut self) {
        if self.wanted == 0 {
            return;
        }
        let Some(disk) = disk(&self.folder) else { return };
        if disk.free < self.reserve(disk) / 4 && self.kept() > 0 {
            tracing::warn!(free = disk.free, "the reserve is given up for a write that must not fail");
            if let Err(error) = std::fs::remove_file(&self.file) {
                tracing::error!(%error, "the reserve cannot be deleted");
            }
        }
    }

    fn look(&self, disk: Disk) -> bool {
        let (reserve, kept) = (self.reserve(disk), self.kept());
        // Once it was given up there must be some more than enough, so that it is not made and given up in turns.
        if kept == 0 && disk.free > reserve + reserve / 4 {
            self.keep(reserve / 2);
        }
        disk.free + kept < reserve
    }

    fn reserve(&self, disk: Disk) -> u64 {
        self.wanted.min(disk.size / PART_OF_DISK)
    }

    fn kept(&self) -> u64 {
        std::fs::metadata(&self.file).map_or(0, |data| data.len())
    }

    /// Makes the file, its blocks taken.
    fn keep(&self, bytes: u64) {
        let made =
            File::options().create(true).truncate(true).write(true).mode(0o600).open(&self.file).and_then(|file| {
                let flags = rustix::fs::FallocateFlags::empty();
                rustix::fs::fallocate(&file, flags, 0, bytes).map_err(std::io::Error::from)
            });
        if let Err(error) = made {
            // Half of the reserve, what is to stay free, is there all the same.
            tracing::debug!(%error, "the disk keeps no reserve");
            let _ = std::fs::remove_file(&self.file);
        }
    }
}

fn disk(folder: &Path) -> Option<Disk> {
    let stat = rustix::fs::statvfs(folder).ok()?;
    Some(Disk { size: stat.f_blocks * stat.f_frsize, free: stat.f_bavail * stat.f_frsize })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1 << 20;

    #[test]
    fn the_reserve_is_counted_where_it_lies() {
        let folder = tempfile::tempdir().unwrap();
        let space = Space::new(&folder.path().join("db"), 32 * MIB);
        let disk = |free: u64| Disk { size: 1 << 30, free: free * MIB };
        assert!(!space.look(disk(35)), "no file is made of what is just enough");
        assert_eq!(space.kept(), 0);
        assert!(space.look(disk(31)));
        assert!(!space.look(disk(100)));
        assert_eq!(space.kept(), 16 * MIB);
        assert!(!space.look(disk(17)));
        assert!(space.look(disk(15)));
    }

    #[test]
    fn a_small_disk_keeps_an_eighth() {
        let folder = tempfile::tempdir().unwrap();
        let space = Space::new(&folder.path().join("db"), 32 * MIB);
        assert!(!space.look(Disk { size: 16 * MIB, free: 2 * MIB }));
        assert!(space.look(Disk { size: 16 * MIB, free: MIB }));
    }
}
