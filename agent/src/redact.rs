//! Secrets never leave this service: whatever is sent or logged passes through here, and what is a part of a secret
//! is replaced, in whatever form it is written.

use std::collections::HashSet;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// A part of this many characters is hidden; shorter secrets count as none (local servers take any word for a key).
pub const MIN_PART: usize = 8;
/// What stands in place of a secret.
const MARK: &str = "…";
/// The end of a piece is held back from this many characters on that could begin a secret.
const MIN_HELD: usize = 4;
/// Eight characters in base64 are at least this many that depend on nothing else.
const BASE64_PART: usize = 9;
const HEX_PART: usize = 2 * MIN_PART;
/// The longest escape: `\u{10ffff}`, or one of JSON or of a URL that was escaped once more.
const MAX_ESCAPE: usize = 12;

/// Finds secrets in texts.
#[derive(Default)]
pub struct Redactor {
    /// Every part that is hidden, in plain form, by its length.
    parts: Vec<(usize, HashSet<Box<[u8]>>)>,
    /// What a secret can go on with, to tell what may begin one.
    begins: HashSet<Box<[u8]>>,
    longest: usize,
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Redactor").finish_non_exhaustive()
    }
}

impl Redactor {
    /// A redactor for these secrets. A secret of fewer than [`MIN_PART`] characters is not looked for.
    #[must_use]
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let mut redactor = Self::default();
        for secret in secrets.into_iter().map(str::trim).filter(|secret| secret.len() >= MIN_PART) {
            redactor.add(secret.as_bytes(), MIN_PART);
            let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
            redactor.add(hex.as_bytes(), HEX_PART);
            for shift in 0..3 {
                redactor.add(&base64(secret.as_bytes(), shift), BASE64_PART);
            }
        }
        redactor
    }

    fn add(&mut self, text: &[u8], length: usize) {
        let text: Vec<u8> = text.iter().map(|byte| folded(*byte)).collect();
        let windows = text.windows(length).map(Box::from);
        match self.parts.iter_mut().find(|(known, _)| *known == length) {
            Some((_, parts)) => parts.extend(windows),
            None => self.parts.push((length, windows.collect())),
        }
        for begun in MIN_HELD..length {
            self.begins.extend(text.windows(begun).map(Box::from));
        }
        self.longest = self.longest.max(length);
    }

    /// The text without secrets.
    #[must_use]
    pub fn redact(&self, text: &str) -> String {
        let mut stream = Streamed::default();
        let mut told = stream.push(self, text);
        told.push_str(&stream.end(self));
        told
    }

    /// Redacts every string within a JSON value, names of fields included.
    pub fn redact_json(&self, value: &mut serde_json::Value) {
        match value {
            serde_json::Value::String(text) => *text = self.redact(text),
            serde_json::Value::Array(all) => all.iter_mut().for_each(|one| self.redact_json(one)),
            serde_json::Value::Object(fields) => {
                *fields = std::mem::take(fields)
                    .into_iter()
                    .map(|(name, mut field)| {
                        self.redact_json(&mut field);
                        (self.redact(&name), field)
                    })
                    .collect();
            }
            _ => {}
        }
    }

    /// Which of these are within a part of a secret.
    fn covered(&self, plain: &[u8]) -> Vec<bool> {
        let mut covered = vec![false; plain.len()];
        for (length, parts) in &self.parts {
            for (at, window) in plain.windows(*length).enumerate() {
                if parts.contains(window) {
                    covered.iter_mut().skip(at).take(*length).for_each(|one| *one = true);
                }
            }
        }
        covered
    }

    /// How many at the end may begin a secret.
    fn begun(&self, plain: &[u8]) -> usize {
        let most = self.longest.saturating_sub(1).min(plain.len());
        let is_begun = |length: &usize| plain.get(plain.len() - length..).is_some_and(|end| self.begins.contains(end));
        (MIN_HELD..=most).rev().find(is_begun).unwrap_or_default()
    }
}

/// A text that comes in pieces: what may begin a secret waits for the next one.
#[derive(Clone, Debug, Default)]
pub struct Streamed {
    /// In plain form, what came before and is passed on or hidden already.
    before: Vec<u8>,
    held: String,
    /// Whether the last that was passed on stands for a secret.
    marked: bool,
}

impl Streamed {
    /// Takes a piece, and gives what may be passed on.
    pub fn push(&mut self, redactor: &Redactor, piece: &str) -> String {
        if redactor.parts.is_empty() {
            return piece.to_owned();
        }
        let text = std::mem::take(&mut self.held) + piece;
        self.take(redactor, &text, false)
    }

    /// What was held back.
    pub fn end(&mut self, redactor: &Redactor) -> String {
        let text = std::mem::take(&mut self.held);
        let rest = self.take(redactor, &text, true);
        *self = Self::default();
        rest
    }

    fn take(&mut self, redactor: &Redactor, text: &str, ends: bool) -> String {
        let characters = characters(text, ends);
        let mut plain = self.before.clone();
        let offset = plain.len();
        plain.extend(characters.iter().map(|character| character.plain));
        let covered = redactor.covered(&plain);
        let held = if ends { 0 } else { redactor.begun(&plain).min(characters.len()) };
        let passed = characters.len() - held;
        let mut told = String::with_capacity(text.len());
        let mut from = 0;
        for (character, hidden) in characters.iter().zip(covered.iter().skip(offset)).take(passed) {
            if *hidden {
                if !self.marked {
                    told.push_str(MARK);
                }
            } else {
                told.push_str(text.get(from..character.end).unwrap_or_default());
            }
            (from, self.marked) = (character.end, *hidden);
        }
        // An escape that is not whole yet is held back, too.
        self.held = text.get(from..).unwrap_or_default().to_owned();
        let seen = offset + passed;
        plain.truncate(seen);
        let keep = redactor.longest.saturating_sub(1);
        self.before = plain.split_off(plain.len().saturating_sub(keep));
        told
    }
}

/// A character as it is meant, and where it ends in the text. All that no secret can have are alike.
struct Character {
    plain: u8,
    end: usize,
}

/// Most layers of escapes that are undone.
const LAYERS: usize = 3;

/// The characters of a text with escapes of URLs, JSON, HTML and programs undone, also where what is escaped was
/// escaped before. The last ones are left out if they may be an escape that is not whole, unless the text `ends`.
fn characters(text: &str, ends: bool) -> Vec<Character> {
    let bytes = text.bytes().enumerate();
    let mut characters: Vec<Character> = bytes.map(|(at, plain)| Character { plain, end: at + 1 }).collect();
    for _ in 0..LAYERS {
        if !characters.iter().any(|character| matches!(character.plain, b'%' | b'\\' | b'&')) {
            break;
        }
        characters = unescaped(&characters, ends);
    }
    characters.iter_mut().for_each(|character| character.plain = folded(character.plain));
    // A character of several bytes is passed on whole.
    characters.retain(|character| text.is_char_boundary(character.end));
    characters
}

fn unescaped(escaped: &[Character], ends: bool) -> Vec<Character> {
    let bytes: Vec<u8> = escaped.iter().map(|character| character.plain).collect();
    let mut characters = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        if !ends && matches!(byte, b'%' | b'\\' | b'&') && may_go_on(rest) {
            break;
        }
        let (plain, length) = match byte {
            b'%' => percent(rest),
            b'\\' => backslash(rest),
            b'&' => entity(rest),
            _ => None,
        }
        .unwrap_or((*byte, 1));
        at += length;
        let end = escaped.get(at - 1).map_or(0, |last| last.end);
        characters.push(Character { plain, end });
    }
    characters
}

/// Whether an escape that begins here reaches the end of the text.
fn may_go_on(rest: &[u8]) -> bool {
    let escape = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'%' | b'\\' | b'#' | b'&');
    rest.len() < MAX_ESCAPE && rest.iter().all(escape) && {
        let whole = match rest.first() {
            Some(b'%') => percent(rest),
            Some(b'\\') => backslash(rest),
            _ => entity(rest),
        };
        whole.is_none()
    }
}

/// `%41`.
fn percent(rest: &[u8]) -> Option<(u8, usize)> {
    Some((hex(rest.get(1..3)?)?, 3))
}

/// `\u0041`, `\x41`, `\/`, `\"`, also where the backslash was escaped once more.
fn backslash(rest: &[u8]) -> Option<(u8, usize)> {
    let at = rest.iter().position(|byte| *byte != b'\\')?;
    let digits = |from: usize, count: usize| hex(rest.get(from..from + count)?);
    match rest.get(at)? {
        b'u' => Some((digits(at + 1, 4)?, at + 5)),
        b'x' => Some((digits(at + 1, 2)?, at + 3)),
        other if other.is_ascii_punctuation() => Some((*other, at + 1)),
        _ => None,
    }
}

/// `&#65;` and `&#x41;`.
fn entity(rest: &[u8]) -> Option<(u8, usize)> {
    let end = rest.iter().take(MAX_ESCAPE).position(|byte| *byte == b';')?;
    let number = std::str::from_utf8(rest.get(1..end)?).ok()?.strip_prefix('#')?;
    let plain = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u8::from_str_radix(digits, 16),
        None => number.parse(),
    };
    Some((plain.ok()?, end + 1))
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok()?;
    u32::from_str_radix(digits, 16).ok().and_then(|number| u8::try_from(number).ok())
}

/// Upper and lower case are alike, and so are both alphabets of base64.
fn folded(byte: u8) -> u8 {
    match byte {
        b'-' => b'+',
        b'_' => b'/',
        byte => byte.to_ascii_lowercase(),
    }
}

/// The characters in base64 (RFC 4648) that depend on these bytes alone, where `shift` others stand before them.
fn base64(bytes: &[u8], shift: usize) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut count, mut text) = (0u32, 0u32, Vec::new());
    // The first bits complete a character that others begin.
    let mut skip = match shift {
        0 => 0,
        1 => 4,
        _ => 2,
    };
    for byte in bytes {
        (bits, count) = (((bits << 8) | u32::from(*byte)) & 0xff_ffff, count + 8);
        if skip > 0 {
            (count, skip) = (count - skip, 0);
        }
        while count >= 6 {
            count -= 6;
            let at = usize::try_from((bits >> count) & 63).unwrap_or_default();
            text.push(LETTERS.get(at).copied().unwrap_or(b'A'));
        }
    }
    text
}

static LOGGED: RwLock<Option<Arc<Redactor>>> = RwLock::new(None);

/// From now on these never appear in the log.
pub fn keep_out_of_logs(redactor: Arc<Redactor>) {
    *LOGGED.write().unwrap_or_else(PoisonError::into_inner) = Some(redactor);
}

/// Standard error, without secrets.
pub(crate) struct Log;

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        // One line at a time: the lock is that of standard error.
        static LOCK: Mutex<()> = Mutex::new(());
        let _one = LOCK.lock().unwrap_or_else(PoisonError::into_inner);
        let redactor = LOGGED.read().unwrap_or_else(PoisonError::into_inner).clone();
        match redactor {
            Some(redactor) => io::stderr().write_all(redactor.redact(&String::from_utf8_lossy(line)).as_bytes())?,
            None => io::stderr().write_all(line)?,
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

#[cfg(test)]
#[path = "redact_tests.rs"]
mod tests;
