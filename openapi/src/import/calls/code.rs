//! Rust expressions, broken into lines as rustfmt does.

/// Columns of a line.
const WIDTH: usize = 100;
/// Columns of what stands between the braces of a struct on one line.
const STRUCT_WIDTH: usize = 18;
/// Columns of what stands between the brackets of a list or the parentheses of a call on one line.
const LIST_WIDTH: usize = 60;

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Code {
    /// One that is never broken.
    Plain(String),
    /// `Some(…)`: the beginning with its parenthesis, and the only argument.
    Wrap(String, Box<Self>),
    /// `Name { … }`: the name, and the members.
    Struct(String, Vec<(String, Self)>),
    /// `vec![…]`, `call(…)`: the beginning with its bracket, and the items.
    List(String, Vec<Self>),
}

impl Code {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::Plain(text.into())
    }

    pub(super) fn wrap(open: impl Into<String>, inner: Self) -> Self {
        Self::Wrap(open.into(), Box::new(inner))
    }

    /// The expression on one line.
    pub(super) fn line(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Wrap(open, inner) => format!("{open}{})", inner.line()),
            Self::Struct(name, members) if members.is_empty() => format!("{name} {{}}"),
            Self::Struct(name, members) => format!("{name} {{ {} }}", inside(members)),
            Self::List(open, items) => {
                let items: Vec<String> = items.iter().map(Self::line).collect();
                format!("{open}{}{}", items.join(", "), close(open))
            }
        }
    }

    /// Whether it may stand on one line, however short the rest is.
    fn is_short(&self) -> bool {
        match self {
            Self::Plain(_) => true,
            Self::Wrap(_, inner) => inner.is_short() && inner.line().len() <= LIST_WIDTH,
            Self::Struct(_, members) => {
                members.iter().all(|(_, value)| value.is_short()) && inside(members).len() <= STRUCT_WIDTH
            }
            Self::List(open, items) => {
                items.iter().all(Self::is_short) && self.line().len() - open.len() - 1 <= LIST_WIDTH
            }
        }
    }

    /// The expression on a line that begins after `indent` columns; `used` more are taken.
    pub(super) fn print(&self, indent: usize, used: usize) -> String {
        let line = self.line();
        if self.is_short() && indent + used + line.len() <= WIDTH {
            return line;
        }
        let outer = " ".repeat(indent);
        let inner = " ".repeat(indent + 4);
        match self {
            Self::Plain(text) => text.clone(),
            Self::Wrap(open, value) => format!("{open}{})", value.print(indent, used + open.len() + 1)),
            Self::Struct(name, members) => {
                let member = |(name, value): &(String, Self)| {
                    format!("{inner}{name}: {},\n", value.print(indent + 4, name.len() + 3))
                };
                format!("{name} {{\n{}{outer}}}", members.iter().map(member).collect::<String>())
            }
            // A single item stays with its bracket.
            Self::List(open, items) => match items.as_slice() {
                [only @ (Self::Struct(..) | Self::Wrap(..))] => {
                    format!("{open}{}{}", only.print(indent, used + open.len() + 1), close(open))
                }
                items => {
                    let item = |item: &Self| format!("{inner}{},\n", item.print(indent + 4, 1));
                    format!("{open}\n{}{outer}{}", items.iter().map(item).collect::<String>(), close(open))
                }
            },
        }
    }
}

/// The bracket that ends what `open` begins.
fn close(open: &str) -> char {
    if open.ends_with('(') { ')' } else { ']' }
}

fn inside(members: &[(String, Code)]) -> String {
    let member = |(name, value): &(String, Code)| format!("{name}: {}", value.line());
    members.iter().map(member).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_is_broken() {
        let text = |text: &str| Code::plain(format!("{text:?}.to_owned()"));
        let member = |name: &str, code| (name.to_owned(), code);
        let owner = Code::Struct("Owner".to_owned(), vec![member("name", text("text"))]);
        assert_eq!(owner.print(4, 0), "Owner {\n        name: \"text\".to_owned(),\n    }");
        let key = Code::Struct("Key".to_owned(), vec![member("id", Code::plain("1"))]);
        assert_eq!(key.print(4, 0), "Key { id: 1 }");
        let some = Code::wrap("Some(", Code::List("vec![".to_owned(), vec![owner]));
        assert_eq!(some.print(0, 0), "Some(vec![Owner {\n    name: \"text\".to_owned(),\n}])");
    }
}
