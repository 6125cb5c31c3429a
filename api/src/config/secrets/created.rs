//! Secrets that the server makes for itself, once, in files that only it can read.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

const BYTES: usize = 48;

/// A secret that nobody can guess.
pub(super) fn random() -> std::io::Result<String> {
    let mut bytes = [0_u8; BYTES];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    Ok(STANDARD.encode(bytes))
}

/// Writes `text` to a new file, which is there in whole or not at all. What is there already stays.
pub(super) fn unless_there(file: &Path, text: impl FnOnce() -> std::io::Result<String>) -> std::io::Result<()> {
    let with_name = |error: std::io::Error| std::io::Error::new(error.kind(), format!("{}: {error}", file.display()));
    if file.try_exists().map_err(with_name)? {
        return Ok(());
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || {
        make_folder(folder)?;
        // Its owner alone may read it.
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        new.write_all(text()?.as_bytes())?;
        new.as_file().sync_all()?;
        match new.persist_noclobber(file) {
            Err(error) if error.error.kind() != ErrorKind::AlreadyExists => Err(error.error),
            _ => Ok(()),
        }
    };
    write().map_err(with_name)
}

fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_secret_is_made_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secrets/jwt_secret");
        unless_there(&file, random).unwrap();
        let made = std::fs::read_to_string(&file).unwrap();
        assert_eq!(made.len(), 64);
        unless_there(&file, random).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), made);
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
        assert_eq!(std::fs::read_dir(file.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_named() {
        let error = unless_there(Path::new("/proc/none/jwt_secret"), random).unwrap_err().to_string();
        assert!(error.contains("/proc/none/jwt_secret"), "{error}");
    }
}
