//! SQLite only: copies of the file, out and in.

use super::check::check;
use super::lock::{ServerLock, with_suffix};
use super::setup::{self, OpenError};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use jiff::Timestamp;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// The data is its owner's alone.
const PRIVATE: u32 = 0o600;
/// What SQLite may keep beside a file.
const COMPANIONS: [&str; 3] = ["", "-wal", "-shm"];

/// Writes a consistent copy of the database `file` to `to`, while a server may be at work. The copy is
/// checked, and `to` is there only once it is whole.
///
/// # Errors
/// `to` is there already and `force` is not set; something cannot be read or written.
pub fn backup(file: &Path, to: &Path, force: bool) -> Result<(), OpenError> {
    if !file.is_file() {
        return Err(OpenError::new(file, "there is no such file"));
    }
    if to.exists() && !force {
        return Err(OpenError::new(to, "is there already; give --force to replace it"));
    }
    let partial = Partial::create(to)?;
    let mut connection = setup::open_existing(file)?;
    let copied = diesel::sql_query("VACUUM INTO ?").bind::<Text, _>(setup::url(&partial.path)).execute(&mut connection);
    copied.map_err(|error| OpenError::new(to, error))?;
    refuse_problems(file, &partial.path)?;
    partial.keep_as(to)
}

/// Puts the backup `from` in the place of the database `file`, brings it up to date, and answers where the
/// old file is kept, if there was one.
///
/// # Errors
/// A server is running, or `from` is damaged, no todo-app database, or newer than this program: then
/// nothing was changed.
pub fn restore(file: &Path, from: &Path, now: Timestamp) -> Result<Option<PathBuf>, OpenError> {
    if !from.is_file() {
        return Err(OpenError::new(from, "there is no such file"));
    }
    let _lock = ServerLock::take(file)?;
    let partial = Partial::create(file)?;
    fs::copy(from, &partial.path).map_err(|error| OpenError::new(from, error))?;
    let wal = with_suffix(from, "-wal");
    if wal.is_file() {
        fs::copy(&wal, with_suffix(&partial.path, "-wal")).map_err(|error| OpenError::new(&wal, error))?;
    }
    refuse_damage(from, &partial.path)?;
    setup::migrate(&partial.path)?;
    refuse_problems(from, &partial.path)?;
    fold_in_log(&partial.path)?;
    let kept = keep_aside(file, now)?;
    partial.keep_as(file)?;
    Ok(kept)
}

/// Everything but migrations that are still to be taken.
fn refuse_damage(shown: &Path, file: &Path) -> Result<(), OpenError> {
    let problems = check(file).map_err(|error| error.about(shown))?;
    match problems.iter().find(|problem| !problem.contains("run todo-api migrate")) {
        Some(problem) => Err(OpenError::new(shown, problem)),
        None => Ok(()),
    }
}

fn refuse_problems(shown: &Path, file: &Path) -> Result<(), OpenError> {
    match check(file).map_err(|error| error.about(shown))?.first() {
        Some(problem) => Err(OpenError::new(shown, problem)),
        None => Ok(()),
    }
}

/// Leaves the one file, with nothing beside it.
fn fold_in_log(file: &Path) -> Result<(), OpenError> {
    let mut connection = setup::open_existing(file)?;
    connection.batch_execute("PRAGMA journal_mode = DELETE").map_err(|error| OpenError::new(file, error))
}

/// Moves the old file, and what belongs to it, to a name that says when.
fn keep_aside(file: &Path, now: Timestamp) -> Result<Option<PathBuf>, OpenError> {
    if !file.exists() {
        return Ok(None);
    }
    let aside = with_suffix(file, &format!(".before-restore-{}", now.strftime("%Y%m%dT%H%M%S%.6fZ")));
    for suffix in COMPANIONS {
        let old = with_suffix(file, suffix);
        if old.exists() {
            fs::rename(&old, with_suffix(&aside, suffix)).map_err(|error| OpenError::new(&old, error))?;
        }
    }
    Ok(Some(aside))
}

/// A file that is being written beside its later place; gone again unless it is kept.
struct Partial {
    path: PathBuf,
}

impl Partial {
    fn create(place: &Path) -> Result<Self, OpenError> {
        let path = with_suffix(place, &format!(".partial-{}", std::process::id()));
        let created = OpenOptions::new().write(true).create_new(true).mode(PRIVATE).open(&path);
        created.map_err(|error| OpenError::new(&path, error))?;
        Ok(Self { path })
    }

    fn keep_as(self, place: &Path) -> Result<(), OpenError> {
        let moved =
            File::open(&self.path).and_then(|file| file.sync_all()).and_then(|()| fs::rename(&self.path, place));
        moved.and_then(|()| sync_folder(place)).map_err(|error| OpenError::new(place, error))
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        for suffix in COMPANIONS {
            // Most of the time there is nothing left to remove.
            let _ = fs::remove_file(with_suffix(&self.path, suffix));
        }
    }
}

/// Makes a rename outlast a power cut.
fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}
