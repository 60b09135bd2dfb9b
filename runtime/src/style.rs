//! How lists and objects are written in a query or a form.

/// How a list is written under one name; shown for `n` = 1, 2, before it is percent-encoded.
///
/// No style writes the text of another list. Where the separator itself is encoded (`space`, `pipe`, and all three in a
/// form), an item that contains it is refused; a comma between items in a query is not encoded, one in an item is. A list
/// in a list, or an object, needs `indices`; `brackets` takes objects whose members show where each one begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListStyle {
    /// `n=1&n=2`
    #[default]
    Repeat,
    /// `n=1,2`
    Comma,
    /// `n=1 2`
    Space,
    /// `n=1|2`
    Pipe,
    /// `n[]=1&n[]=2`
    Brackets,
    /// `n[0]=1&n[1]=2`
    Indices,
}

/// How a member of an object is named; shown for `lt` of `at`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ObjectStyle {
    /// `at[lt]`
    #[default]
    Brackets,
    /// `at.lt`
    Dots,
}

/// How lists and objects are written, together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NestedStyle {
    /// How lists are written.
    pub lists: ListStyle,
    /// How members of objects are named.
    pub objects: ObjectStyle,
}

impl NestedStyle {
    /// The style of a declaration that does not name one.
    pub const DEFAULT: Self = Self { lists: ListStyle::Repeat, objects: ObjectStyle::Brackets };
}

impl Default for NestedStyle {
    fn default() -> Self {
        Self::DEFAULT
    }
}
