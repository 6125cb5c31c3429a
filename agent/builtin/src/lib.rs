//! The built-in planner: plain English to tool calls, with no model.
