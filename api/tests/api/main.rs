//! The api from outside, over HTTP. The modules follow the addresses.

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod chat;
mod cli;
mod db;
mod events;
mod http;
mod journal;
mod maintenance;
mod owners;
mod security;
mod tasks;
