//! The sayings, read from files in the notation that `docs/language.md` explains.

use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;
use todo_corpus::{Entry, Line, List, Malformed, read};

const SEED: &str = "seed.txt";

/// A saying and those that go on with it.
#[derive(Clone)]
pub struct Conversation {
    /// The group's name: that of its file.
    pub group: String,
    /// The list it starts from.
    pub list: List,
    /// The sayings, at least one.
    pub lines: Vec<Line>,
}

/// All conversations of a run.
#[derive(Clone, Default)]
pub struct Suite {
    /// In the order of the groups' names.
    pub conversations: Vec<Conversation>,
}

impl Suite {
    /// How many sayings there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.conversations.iter().map(|conversation| conversation.lines.len()).sum()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.conversations.is_empty()
    }
}

/// Why sayings cannot be used.
#[derive(Debug, Error)]
pub enum SuiteError {
    /// A file or folder cannot be read.
    #[error("{}: {problem}", path.display())]
    Unreadable {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        problem: io::Error,
    },
    /// A line is wrong.
    #[error("{}: {problem}", path.display())]
    Malformed {
        /// In which file.
        path: PathBuf,
        /// Which line.
        problem: Malformed,
    },
    /// No saying is left.
    #[error("{} has no sayings of the wanted groups", .0.display())]
    Empty(PathBuf),
}

/// Reads all groups of a folder, or those that are named.
///
/// # Errors
/// What cannot be read or is not in the notation, or if no saying is left.
pub fn load(folder: &Path, groups: &[String]) -> Result<Suite, SuiteError> {
    let unreadable = |problem| SuiteError::Unreadable { path: folder.to_owned(), problem };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let is_group = path.extension().is_some_and(|e| e == "txt") && path.file_name().is_some_and(|n| n != SEED);
        if is_group {
            files.push(path);
        }
    }
    files.sort();
    let seed = seed(folder)?;
    let mut suite = Suite::default();
    for path in files {
        let group = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if groups.is_empty() || groups.contains(&group) {
            suite.conversations.extend(conversations(&group, &path, &seed)?);
        }
    }
    if suite.is_empty() { Err(SuiteError::Empty(folder.to_owned())) } else { Ok(suite) }
}

fn seed(folder: &Path) -> Result<List, SuiteError> {
    let beside = folder.join(SEED);
    let path = if beside.is_file() { beside } else { folder.join("..").join(SEED) };
    let (tasks, _) = read_file(&path)?;
    Ok(List::new(tasks))
}

fn read_file(path: &Path) -> Result<(Vec<Entry>, Vec<Line>), SuiteError> {
    let text =
        std::fs::read_to_string(path).map_err(|problem| SuiteError::Unreadable { path: path.to_owned(), problem })?;
    read(&text).map_err(|problem| SuiteError::Malformed { path: path.to_owned(), problem })
}

fn conversations(group: &str, path: &Path, seed: &List) -> Result<Vec<Conversation>, SuiteError> {
    let (own, lines) = read_file(path)?;
    let list = if own.is_empty() { seed.clone() } else { List::new(own) };
    let mut conversations: Vec<Conversation> = Vec::new();
    for line in lines {
        match conversations.last_mut() {
            Some(conversation) if line.goes_on => conversation.lines.push(line),
            _ => conversations.push(Conversation { group: group.to_owned(), list: list.clone(), lines: vec![line] }),
        }
    }
    Ok(conversations)
}
