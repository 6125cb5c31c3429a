//! `todo-precompress DIR`: writes `.br` and `.gz` beside every compressible file of the built page.
//!
//! Files whose copies are newer are left alone; copies of files that are gone are removed.

use clap::Parser;
use flate2::{Compression, GzBuilder};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const COMPRESSIBLE: [&str; 10] = ["css", "html", "ico", "js", "json", "map", "svg", "txt", "wasm", "webmanifest"];
const CODINGS: [(&str, Encode); 2] = [("br", brotli), ("gz", gzip)];
/// The largest that browsers must accept (RFC 7932, section 9.1).
const BROTLI_WINDOW_BITS: i32 = 24;

type Encode = fn(&[u8]) -> io::Result<Vec<u8>>;

/// Writes .br and .gz files beside every compressible file of a folder.
#[derive(Parser)]
#[command(name = "todo-precompress", version)]
struct Cli {
    /// The folder of the built page.
    dir: PathBuf,
}

fn main() -> ExitCode {
    let dir = Cli::parse().dir;
    match compress_all(&dir) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "todo-precompress: {}: {error}", dir.display());
            ExitCode::FAILURE
        }
    }
}

fn compress_all(dir: &Path) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            compress_all(&path)?;
        } else if is_copy(&path) {
            if !is_compressible(&path.with_extension("")) {
                fs::remove_file(&path)?;
            }
        } else if is_compressible(&path) {
            compress(&path)?;
        }
    }
    Ok(())
}

fn is_copy(path: &Path) -> bool {
    CODINGS.iter().any(|(suffix, _)| path.extension().is_some_and(|extension| extension == *suffix))
}

fn is_compressible(path: &Path) -> bool {
    let known = path.extension().and_then(|extension| extension.to_str()).is_some_and(|e| COMPRESSIBLE.contains(&e));
    known && path.is_file()
}

fn compress(path: &Path) -> io::Result<()> {
    for (suffix, encode) in CODINGS {
        let mut copy = path.as_os_str().to_owned();
        copy.push(".");
        copy.push(suffix);
        let copy = PathBuf::from(copy);
        if !is_newer(&copy, path)? {
            // Under another name first: a server must never see half of it.
            let unfinished = copy.with_extension("unfinished");
            fs::write(&unfinished, encode(&fs::read(path)?)?)?;
            fs::rename(unfinished, copy)?;
        }
    }
    Ok(())
}

fn is_newer(copy: &Path, original: &Path) -> io::Result<bool> {
    match fs::metadata(copy) {
        Ok(metadata) => Ok(metadata.modified()? > fs::metadata(original)?.modified()?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn brotli(contents: &[u8]) -> io::Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: BROTLI_WINDOW_BITS,
        size_hint: contents.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*contents, &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(contents: &[u8]) -> io::Result<Vec<u8>> {
    // No name and no time in it: the same contents give the same file.
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    encoder.write_all(contents)?;
    encoder.finish()
}
