//! Light or dark: as the system says, or as chosen here. The choice stays in this browser.

use crate::kept::Kept;
use web_sys::Element;

const KEY: &str = "theme";

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All of them, in the order of the settings.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word by which it is stored, and which the style sheets know.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// As it was chosen in this browser.
    #[must_use]
    pub fn stored() -> Self {
        let name = Kept::InBrowser.get(KEY).unwrap_or_default();
        // Earlier versions kept it as JSON.
        Self::ALL.into_iter().find(|theme| theme.as_str() == name.trim_matches('"')).unwrap_or_default()
    }

    /// Puts it on the page and keeps it.
    pub fn choose(self) {
        // A browser that keeps nothing still shows it until the page is closed.
        Kept::InBrowser.put(KEY, self.as_str());
        self.show();
    }

    /// Puts it on the page.
    pub fn show(self) {
        if let Some(root) = root() {
            let _ = match self {
                Self::System => root.remove_attribute("data-theme"),
                theme => root.set_attribute("data-theme", theme.as_str()),
            };
        }
    }

    /// Whether the page is dark with it.
    #[must_use]
    pub fn is_dark(self) -> bool {
        match self {
            Self::System => web_sys::window()
                .and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok().flatten())
                .is_some_and(|query| query.matches()),
            theme => theme == Self::Dark,
        }
    }
}

fn root() -> Option<Element> {
    web_sys::window()?.document()?.document_element()
}
