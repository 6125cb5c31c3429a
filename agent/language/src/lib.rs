//! Reads English.
