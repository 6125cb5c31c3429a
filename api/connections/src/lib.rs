//! What a server bears from its clients: how many connections, in all and from one address, and how slowly they may
//! send a request or read an answer. What is slower, or too much, is closed, so that the others are served.
//!
//! A connection is in one of two states: at work on a request, which takes as long as it takes, or waiting for its
//! client. Only the second has deadlines, and only such a connection makes room for another one where there are too many.

mod bounds;
mod forwarded;
mod guarded;
mod hold;
mod listen;
mod pace;
mod refusal;
mod registry;
mod shares;
mod whole;

pub use bounds::{Bounds, raise_descriptor_limit};
pub use forwarded::{address_in, forwarded_for, forwarded_parameter};
pub use hold::{Held, hold};
pub use listen::listen;
pub use pace::is_too_slow;
pub use registry::Registry;
pub use shares::{Share, Shares, network};
pub use whole::whole;
