//! Proposes tool calls.
