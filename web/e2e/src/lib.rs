//! Everything tested from outside, through the front door.
