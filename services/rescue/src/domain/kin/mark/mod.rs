//! Marks of the body as concepts: kind, part and side. Clothes are set apart: they change.

pub mod kind;
pub mod parse;
pub mod part;

pub use kind::Kind;
pub use parse::read;
pub use part::Part;

/// Side of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Not said, or in the middle.
    Unknown,
    /// 左
    Left,
    /// 右
    Right,
}

/// One mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What it is.
    pub kind: Kind,
    /// Finer kind within it: how a scar was made, what a tattoo shows; 0 is not said.
    pub fine: u8,
    /// Where it is.
    pub part: Part,
    /// On which side.
    pub side: Side,
    /// As written.
    pub text: String,
}

/// Kind and part in one number.
pub fn concept(mark: &Mark) -> u16 {
    mark.kind as u16 * 64 + mark.part as u16
}
