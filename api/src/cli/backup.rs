//! `todo-api backup`.

use super::{Failure, daily, say};
use crate::config::DatabaseArgs;
use crate::db;
use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

const PREFIX: &str = "todo-";
const SUFFIX: &str = ".sqlite3";
/// Sorts as time goes.
const TIME: &str = "%Y%m%dT%H%M%SZ";

#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("place").required(true).args(["file", "into"]))]
pub(super) struct Args {
    /// Where to write the copy.
    file: Option<PathBuf>,
    /// Replace FILE if it is there.
    #[arg(long, conflicts_with = "into")]
    force: bool,
    /// Write todo-<time in UTC>.sqlite3 in this folder instead.
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
    /// Once the copy is written, delete all but the newest of that name: so many stay.
    #[arg(long, value_name = "NUMBER", requires = "into", conflicts_with = "file")]
    keep: Option<NonZeroUsize>,
    /// Do it every day at this time (UTC), until SIGTERM; and at once, if the folder has no copy of the last day.
    #[arg(long, value_name = "HH:MM", requires = "into", conflicts_with = "file")]
    daily: Option<Time>,
    #[command(flatten)]
    database: DatabaseArgs,
}

impl Args {
    fn folder(&self) -> &Path {
        self.into.as_deref().unwrap_or(Path::new("."))
    }
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let Some(at) = args.daily else { return once(args) };
    let newest = backups(args.folder())?.last().and_then(|path| time_of(path));
    daily::run(at, newest, || once(args))
}

fn once(args: &Args) -> Result<(), Failure> {
    let database = &args.database.database_url;
    if let Some(file) = &args.file {
        return write(database, file, args.force);
    }
    let folder = args.folder();
    let name = format!("{PREFIX}{}{SUFFIX}", Timestamp::now().strftime(TIME));
    write(database, &folder.join(name), false)?;
    args.keep.map_or(Ok(()), |keep| keep_newest(folder, keep.get()))
}

fn write(database: &Path, to: &Path, force: bool) -> Result<(), Failure> {
    db::backup(database, to, force)?;
    say(&format!("Wrote {}.", to.display()))
}

fn keep_newest(folder: &Path, keep: usize) -> Result<(), Failure> {
    backups(folder)?.iter().rev().skip(keep).try_for_each(|old| {
        fs::remove_file(old)?;
        say(&format!("Deleted {}.", old.display()))
    })
}

/// The copies in a folder, the oldest first. Nothing else in it is ours.
fn backups(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut backups: Vec<_> = entries.iter().map(fs::DirEntry::path).filter(|path| time_of(path).is_some()).collect();
    backups.sort();
    Ok(backups)
}

/// When a copy was made, by its name.
fn time_of(path: &Path) -> Option<Timestamp> {
    let time = path.file_name()?.to_str()?.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?.strip_suffix('Z')?;
    let time = DateTime::strptime(TIME.trim_end_matches('Z'), time).ok()?;
    Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp())
}
