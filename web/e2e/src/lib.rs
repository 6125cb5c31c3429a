//! Everything tested from outside, through the front door.
//!
//! The library holds what those tests share with the tests of the services, and depends on none of them.

pub mod model;
