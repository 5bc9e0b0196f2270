//! Characters: tidy text, sound and shape.

pub mod chars;
pub mod shape;
pub mod sound;
