//! The server that owns the data.
