//! The api from outside, over HTTP. The modules follow the addresses.

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod chat;
mod events;
mod journal;
mod tasks;
mod http;
mod owners;
mod security;
