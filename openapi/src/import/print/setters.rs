//! A constructor and chained setters, so that nobody writes thirty `None`.

use super::WIDTH;

/// The macro of `mod.rs` that the invocations below call.
pub(in super::super) const MACRO: &str = r##"/// A constructor of what is required, if anything is, and chained setters of the rest:
/// `setters!(NewKey(name [text]): expires_in [u32], scopes [texts]);`
macro_rules! setters {
    ($name:ident($($required:ident [$($given:tt)+]),+ $(,)?): $($field:ident [$($kind:tt)+]),+ $(,)?) => {
        impl $name {
            /// Takes what is required.
            pub fn new($($required: setters!(@type $($given)+)),+) -> Self {
                $(let $required = setters!(@value $required $($given)+);)+
                Self { $($required: $required.into(),)+ $($field: Default::default()),+ }
            }
        }
        setters!($name: $($field [$($kind)+]),+);
    };
    ($name:ident: $($field:ident [$($kind:tt)+]),+ $(,)?) => {
        impl $name {
            $(
                #[doc = concat!("Sets [`", stringify!($field), "`](#structfield.", stringify!($field), ").")]
                #[must_use]
                pub fn $field(mut self, value: setters!(@type $($kind)+)) -> Self {
                    self.$field = setters!(@value value $($kind)+).into();
                    self
                }
            )+
        }
    };
    (@type text) => { impl Into<String> };
    (@type texts) => { impl IntoIterator<Item = impl Into<String>> };
    (@type $kind:ty) => { $kind };
    (@value $value:ident text) => { Into::<String>::into($value) };
    (@value $value:ident texts) => { $value.into_iter().map(Into::into).collect::<Vec<String>>() };
    (@value $value:ident $kind:ty) => { $value };
}
"##;

/// Names that a struct has already, so that no setter may have them.
const TAKEN: [&str; 4] = ["new", "default", "clone", "into"];

/// A member: its name, its type, and whether it is required.
pub(super) struct Member {
    pub(super) name: String,
    pub(super) ty: String,
    pub(super) required: bool,
}

/// The invocation for a struct; nothing where no member is optional, or one has a name that is taken.
pub(super) fn setters(name: &str, members: &[Member]) -> Option<String> {
    if members.iter().any(|member| TAKEN.contains(&member.name.as_str())) {
        return None;
    }
    let write = |member: &Member| format!("{} [{}]", member.name, kind(&member.ty));
    let of = |required: bool| members.iter().filter(move |member| member.required == required).map(write);
    let (required, optional): (Vec<String>, Vec<String>) = (of(true).collect(), of(false).collect());
    if optional.is_empty() {
        return None;
    }
    let head = if required.is_empty() { name.to_owned() } else { format!("{name}({})", required.join(", ")) };
    let line = format!("\nsetters!({head}: {});\n", optional.join(", "));
    if line.len() <= WIDTH + 2 {
        return Some(line);
    }
    let head = if head.len() + "setters!(:".len() <= WIDTH {
        head
    } else {
        format!("{name}(\n{}\n)", filled(&required))
    };
    Some(format!("\nsetters!({head}:\n{}\n);\n", filled(&optional)))
}

/// Lines that hold as many as they can.
fn filled(members: &[String]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for member in members {
        match lines.last_mut().filter(|line| line.len() + member.len() + 2 <= WIDTH) {
            Some(line) => line.push_str(&format!(" {member},")),
            None => lines.push(format!("    {member},")),
        }
    }
    lines.join("\n")
}

/// How a member is given: texts as whatever becomes one.
fn kind(ty: &str) -> &str {
    let plain = ty.strip_prefix("Option<").and_then(|inner| inner.strip_suffix('>')).unwrap_or(ty);
    match plain {
        "String" => "text",
        "Vec<String>" => "texts",
        other => other,
    }
}
