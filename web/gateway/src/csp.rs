//! The page's Content-Security-Policy, which names its inline scripts by their hashes.

use actix_web::http::header::HeaderValue;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

/// For answers that are no page of ours.
pub(crate) const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// `index.html`, and the policy that fits the version of it that is on disk.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    path: PathBuf,
    policy: Arc<RwLock<Option<(Version, HeaderValue)>>>,
}

type Version = (u64, SystemTime);

impl Page {
    /// Reads the page of `root`. One that is missing now may come later.
    pub(crate) fn new(root: &Path) -> Self {
        let page = Self { path: root.join("index.html"), policy: Arc::default() };
        if page.policy().is_none() {
            tracing::warn!(path = %page.path.display(), "there is no page: not ready until it is built");
        }
        page
    }

    /// The policy of the page as it is on disk now; `None` when there is none.
    pub(crate) fn policy(&self) -> Option<HeaderValue> {
        let version = version(&self.path)?;
        let known = self.policy.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((of, policy)) = known
            && of == version
        {
            return Some(policy);
        }
        let policy = HeaderValue::from_str(&policy_for(&fs::read_to_string(&self.path).ok()?)).ok()?;
        *self.policy.write().unwrap_or_else(PoisonError::into_inner) = Some((version, policy.clone()));
        Some(policy)
    }
}

fn version(path: &Path) -> Option<Version> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.len(), metadata.modified().ok()?))
}

fn policy_for(html: &str) -> String {
    let mut scripts = "'self' 'wasm-unsafe-eval'".to_owned();
    for script in inline_scripts(html) {
        let _ = write!(scripts, " 'sha256-{}'", STANDARD.encode(Sha256::digest(script)));
    }
    format!(
        "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    )
}

/// The text of every `<script>` without a `src`.
fn inline_scripts(html: &str) -> Vec<&str> {
    // Lower case keeps every byte's place, so a position in one is the same in the other.
    let lower = html.to_ascii_lowercase();
    let mut scripts = Vec::new();
    let mut at = 0;
    while let Some(script) = next_script(&lower, at) {
        if !script.has_source {
            scripts.extend(html.get(script.start..script.end));
        }
        at = script.end;
    }
    scripts
}

struct Script {
    start: usize,
    end: usize,
    has_source: bool,
}

fn next_script(lower: &str, from: usize) -> Option<Script> {
    let tag = from + lower.get(from..)?.find("<script")?;
    let start = tag + lower.get(tag..)?.find('>')? + 1;
    let end = start + lower.get(start..)?.find("</script")?;
    let has_source = lower.get(tag..start)?.split_ascii_whitespace().any(|attribute| attribute.starts_with("src="));
    Some(Script { start, end, has_source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_scripts_are_found_and_files_are_not() {
        let html =
            "<SCRIPT type=module>a</SCRIPT><script src=\"/x.js\"></script><script>\n b </script><style>c</style>";
        assert_eq!(inline_scripts(html), ["a", "\n b "]);
    }

    #[test]
    fn a_policy_names_the_hash_of_an_inline_script() {
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        let policy = policy_for("<script>alert(1)</script>");
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-"), "{policy}");
        assert!(policy.contains("'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"), "{policy}");
        assert!(!policy.contains("unsafe-inline"), "{policy}");
    }

    #[test]
    fn an_unfinished_script_ends_the_search() {
        assert_eq!(inline_scripts("<script>never closed"), Vec::<&str>::new());
    }
}
