//! The pictures: strokes on a grid of 24.

use yew::prelude::*;

/// A picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the pictures")]
pub enum IconName {
    Activity,
    ArrowDown,
    ArrowUp,
    Bell,
    Bot,
    Calendar,
    Chat,
    Check,
    Circle,
    ChevronDown,
    ChevronRight,
    Clock,
    Close,
    Copy,
    Download,
    Edit,
    Eye,
    EyeOff,
    Filter,
    Flag,
    Grip,
    Keyboard,
    List,
    Menu,
    Moon,
    More,
    Notes,
    Offline,
    Plus,
    Redo,
    Repeat,
    Restore,
    Search,
    Select,
    Send,
    Settings,
    SignOut,
    Sort,
    Sparkle,
    Stop,
    Sun,
    Tag,
    Trash,
    Undo,
    Upload,
    User,
    Warning,
}

impl IconName {
    fn path(self) -> &'static str {
        match self {
            Self::Activity => "M3 12h4l3 8 4-16 3 8h4",
            Self::ArrowDown => "M12 5v14m-6-6 6 6 6-6",
            Self::ArrowUp => "M12 19V5m-6 6 6-6 6 6",
            Self::Bell => "M6 9a6 6 0 0 1 12 0c0 6 2.5 7 2.5 7h-17S6 15 6 9m4 10.5a2.2 2.2 0 0 0 4 0",
            Self::Bot => "M5 9h14v10H5zM12 9V5m-1-1h2M9 13.5v1m6-1v1M2.5 13v3m19-3v3",
            Self::Calendar => "M4 6h16v14H4zM4 10.5h16M8 3.5V8m8-4.5V8",
            Self::Chat => "M4 5h16v11H11l-4.5 4v-4H4z",
            Self::Check => "m5 12.5 4.5 4.5L19 7.5",
            Self::Circle => "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16",
            Self::ChevronDown => "m6 9.5 6 6 6-6",
            Self::ChevronRight => "m9.5 6 6 6-6 6",
            Self::Clock => "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 8v4.5l3 2",
            Self::Close => "m6 6 12 12M18 6 6 18",
            Self::Copy => "M9 9h11v11H9zM15 9V4H4v11h5",
            Self::Download => "M12 4v11m-5-5 5 5 5-5M5 20h14",
            Self::Edit => "M4 20v-4L16 4l4 4L8 20zM13.5 6.5l4 4",
            Self::Eye => {
                "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6"
            }
            Self::EyeOff => {
                "M4 4l16 16M9.9 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a17 17 0 0 1-3 3.7M6.2 7.7A16 16 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4-.9M10 10a3 3 0 0 0 4 4"
            }
            Self::Filter => "M4 6h16M7 12h10m-7 6h4",
            Self::Flag => "M6 21V4m0 .5h11.5L15 8.75 17.5 13H6",
            Self::Grip => "M9 6h.01M9 12h.01M9 18h.01M15 6h.01M15 12h.01M15 18h.01",
            Self::Keyboard => "M3 7h18v10H3zM7 11h.01M11 11h.01M15 11h.01M8 14h8",
            Self::List => "M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01",
            Self::Menu => "M4 7h16M4 12h16M4 17h16",
            Self::Moon => "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5",
            Self::More => "M6 12h.01M12 12h.01M18 12h.01",
            Self::Notes => "M5 6.5h14M5 11h14M5 15.5h8",
            Self::Offline => {
                "M4 4l16 16M8.5 16a5 5 0 0 1 6-.7M5 12.5a10 10 0 0 1 4.5-2.5m4 0a10 10 0 0 1 5.5 2.5M2 9a15 15 0 0 1 4.5-2.9M11 5a15 15 0 0 1 11 4M12 19.5h.01"
            }
            Self::Plus => "M12 5v14M5 12h14",
            Self::Redo => "M20 9H9a5 5 0 0 0 0 10h4m7-10-4.5-4.5M20 9l-4.5 4.5",
            Self::Repeat => {
                "M4 11V9.5A3.5 3.5 0 0 1 7.5 6H20m-3.5-3.5L20 6l-3.5 3.5M20 13v1.5a3.5 3.5 0 0 1-3.5 3.5H4m3.5 3.5L4 18l3.5-3.5"
            }
            Self::Restore => "M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4v4.5h4.5",
            Self::Search => "M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13m4.8 11.3L20 20",
            Self::Select => "m3.5 6.5 2 2L9 5m3.5 2H20M3.5 16.5l2 2L9 15m3.5 2H20",
            Self::Send => "M12 20V5m-6 6 6-6 6 6",
            Self::Settings => {
                "M4 7h9m5 0h2M4 17h2m5 0h9M15.5 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5m-7 10a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5"
            }
            Self::SignOut => "M10 4H5v16h5m4-12 4 4-4 4m4-4H9.5",
            Self::Sort => "M8 5v14m-4-4 4 4 4-4M16 19V5m-4 4 4-4 4 4",
            Self::Sparkle => "M12 3.5 14 10l6.5 2-6.5 2-2 6.5-2-6.5-6.5-2 6.5-2z",
            Self::Stop => "M7 7h10v10H7z",
            Self::Sun => {
                "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8m0-5.5v2m0 15v2M2.5 12h2m15 0h2M5.3 5.3l1.4 1.4m10.6 10.6 1.4 1.4m0-13.4-1.4 1.4M6.7 17.3l-1.4 1.4"
            }
            Self::Tag => "M4 4h7.5L20.5 13 13 20.5 4 11.5zM8 8h.01",
            Self::Trash => "M4.5 6.5h15M9 6.5V4h6v2.5M6.5 6.5 7.5 20h9l1-13.5M10 10.5v5.5m4-5.5v5.5",
            Self::Undo => "M4 9h11a5 5 0 0 1 0 10h-4M4 9l4.5-4.5M4 9l4.5 4.5",
            Self::Upload => "M12 15V4M7 9l5-5 5 5M5 20h14",
            Self::User => "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.5 20.5c.8-4 3.800-5.5 7.5-5.5s6.7 1.5 7.5 5.5",
            Self::Warning => "M12 4 21.5 20h-19zM12 10v4.5m0 2.5h.01",
        }
    }
}

/// A picture that says nothing by itself: what it means stands beside it, or on its button.
pub fn picture(name: IconName) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={name.path()} /></svg>
    }
}
