//! Static files and the same-origin proxy.
