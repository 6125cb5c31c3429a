//! The single-page app.

pub mod activity;
pub mod api;
pub mod app;
pub mod chat;
pub mod kept;
pub mod pages;
pub mod store;
pub mod tasks;
pub mod time;
pub mod ui;
pub mod words;

/// Renders the app into the page.
pub fn start() {
    yew::Renderer::<app::App>::new().render();
}
