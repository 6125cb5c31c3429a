//! `todo-precompress`, as the build of the page runs it.

#![cfg(feature = "precompress")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

fn precompress(dir: &Path) {
    assert!(Command::new(env!("CARGO_BIN_EXE_todo-precompress")).arg(dir).status().unwrap().success());
}

fn decoded(dir: &Path, name: &str) -> (String, String) {
    let (mut brotli, mut gzip) = (String::new(), String::new());
    let file = |suffix| fs::File::open(dir.join(format!("{name}.{suffix}"))).unwrap();
    brotli::Decompressor::new(file("br"), 4096).read_to_string(&mut brotli).unwrap();
    flate2::read::GzDecoder::new(file("gz")).read_to_string(&mut gzip).unwrap();
    (brotli, gzip)
}

#[test]
fn compressible_files_get_copies_and_others_do_not() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("deeper")).unwrap();
    let text = "body { color: red }".repeat(100);
    for name in ["a.css", "deeper/b.js", "c.png"] {
        fs::write(dir.path().join(name), &text).unwrap();
    }
    precompress(dir.path());
    for name in ["a.css", "deeper/b.js"] {
        assert_eq!(decoded(dir.path(), name), (text.clone(), text.clone()));
        assert!(fs::metadata(dir.path().join(format!("{name}.br"))).unwrap().len() < 100);
    }
    assert!(!dir.path().join("c.png.br").exists() && !dir.path().join("c.png.gz").exists());
}

#[test]
fn changed_files_get_new_copies_and_copies_of_removed_files_go() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["kept.js", "changed.js", "gone.js"] {
        fs::write(dir.path().join(name), "one").unwrap();
    }
    precompress(dir.path());
    let written = |name: &str| fs::metadata(dir.path().join(name)).unwrap().modified().unwrap();
    let kept = written("kept.js.br");
    fs::write(dir.path().join("changed.js"), "two").unwrap();
    let file = fs::File::options().write(true).open(dir.path().join("changed.js")).unwrap();
    file.set_modified(SystemTime::now() + Duration::from_secs(60)).unwrap();
    fs::remove_file(dir.path().join("gone.js")).unwrap();
    precompress(dir.path());
    assert_eq!(decoded(dir.path(), "changed.js"), ("two".to_owned(), "two".to_owned()));
    assert_eq!(written("kept.js.br"), kept);
    assert!(!dir.path().join("gone.js.br").exists() && !dir.path().join("gone.js.gz").exists());
}
