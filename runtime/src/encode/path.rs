//! Writes a path in place: literal pieces and encoded arguments in turn. Each finished segment is checked, so that no
//! value leads to another endpoint.

use super::invalid_argument::{InvalidArgument, Reason};
use super::percent::{Component, is_dot_segment};
use super::scalar::{self, Scalar, Syntax};

/// A value of a `{rest..}` placeholder: a text whose `/` separate segments, or a list of scalars, one a segment.
///
/// ```
/// use declarest::{RestSink, Segments};
///
/// /// Two segments, also where the name has a `/` in it.
/// struct Key { owner: u64, name: String }
///
/// impl Segments for Key {
///     fn write_segments(&self, rest: &mut RestSink<'_>) {
///         rest.segment(&self.owner);
///         rest.segment(&self.name);
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not make path segments",
    label = "expected a string, or a list of integers or strings, for a `{{rest..}}` placeholder"
)]
pub trait Segments {
    /// Writes the segments, each on its own.
    fn write_segments(&self, rest: &mut RestSink<'_>);
}

/// Takes the segments of a `{rest..}` placeholder.
pub struct RestSink<'a> {
    out: &'a mut String,
    syntax: Syntax,
    segments: usize,
    has_empty: bool,
    refused: Option<Reason>,
}

// Shows nothing of a request: a `Debug` ends up in logs.
impl std::fmt::Debug for RestSink<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RestSink").field("segments", &self.segments).finish_non_exhaustive()
    }
}

impl RestSink<'_> {
    /// Appends one segment, encoded.
    pub fn segment<T: Scalar + ?Sized>(&mut self, value: &T) {
        if self.segments > 0 {
            self.out.push('/');
        }
        self.segments += 1;
        let start = self.out.len();
        if let Err(reason) = scalar::write(self.out, self.syntax, value) {
            self.refused.get_or_insert(reason);
        }
        self.has_empty |= self.out.len() == start;
    }
}

impl Segments for str {
    fn write_segments(&self, rest: &mut RestSink<'_>) {
        self.split('/').for_each(|segment| rest.segment(segment));
    }
}

impl<T: Segments + ?Sized> Segments for &T {
    fn write_segments(&self, rest: &mut RestSink<'_>) {
        (**self).write_segments(rest);
    }
}

impl Segments for String {
    fn write_segments(&self, rest: &mut RestSink<'_>) {
        self.as_str().write_segments(rest);
    }
}

impl Segments for std::borrow::Cow<'_, str> {
    fn write_segments(&self, rest: &mut RestSink<'_>) {
        str::write_segments(self, rest);
    }
}

impl<T: Scalar> Segments for [T] {
    fn write_segments(&self, rest: &mut RestSink<'_>) {
        self.iter().for_each(|segment| rest.segment(segment));
    }
}

impl<T: Scalar, const N: usize> Segments for [T; N] {
    fn write_segments(&self, rest: &mut RestSink<'_>) {
        self.as_slice().write_segments(rest);
    }
}

impl<T: Scalar> Segments for Vec<T> {
    fn write_segments(&self, rest: &mut RestSink<'_>) {
        self.as_slice().write_segments(rest);
    }
}

/// What a declaration says of the value of a placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct SegmentOptions {
    /// The value is encoded already; it is checked and written as it is.
    pub(crate) encoded: bool,
    /// Segments within a `{rest..}` may be empty, as in the keys of S3: `dir/`, `a//b`. The whole may not.
    pub(crate) allow_empty: bool,
}

impl SegmentOptions {
    fn syntax(self) -> Syntax {
        if self.encoded { Syntax::Encoded(Component::Segment) } else { Syntax::Percent }
    }
}

/// A path: its literal pieces, and the constant query behind it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PathTemplate<'a> {
    /// One more than there are placeholders.
    pub(crate) pieces: &'a [&'a str],
    /// Empty if there is none.
    pub(crate) query: &'a str,
}

/// Where the writing of a path stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct PathWriter {
    /// How many literal pieces are written.
    pieces: usize,
    /// Where the segment that is being written starts.
    segment: usize,
}

impl PathWriter {
    /// Writes the first literal piece, and the constant query if the path has no placeholders.
    pub(crate) fn begin(url: &mut String, template: PathTemplate<'_>) -> Self {
        let mut writer = Self { pieces: 0, segment: url.len() };
        writer.literal(url, template);
        writer
    }

    /// Writes the value of a placeholder and the literal piece behind it.
    ///
    /// Without a value the path would be another one (`/{id}.json` becomes `/.json`), so each must have one. Whether it
    /// is a dot segment is a question of the assembled segment: with `/{a}{b}`, two dots are as bad as `..` in one value
    /// (RFC 3986, 5.2.4 and 6.2.2.3).
    pub(crate) fn segment<T: Scalar + ?Sized>(
        &mut self,
        url: &mut String,
        template: PathTemplate<'_>,
        options: SegmentOptions,
        argument: &str,
        value: &T,
    ) -> Result<(), InvalidArgument> {
        let start = url.len();
        let mut checked = scalar::write(url, options.syntax(), value);
        if checked.is_ok() && url.len() == start {
            checked = Err(Reason::EmptySegment);
        }
        let ended = self.end_value(url, template);
        checked.and(ended).map_err(|reason| InvalidArgument::new(argument, reason))
    }

    /// Writes the value of a `{rest..}` placeholder and the literal piece behind it.
    pub(crate) fn rest<T: Segments + ?Sized>(
        &mut self,
        url: &mut String,
        template: PathTemplate<'_>,
        options: SegmentOptions,
        argument: &str,
        value: &T,
    ) -> Result<(), InvalidArgument> {
        let start = url.len();
        let mut rest =
            RestSink { out: url, syntax: options.syntax(), segments: 0, has_empty: false, refused: None };
        value.write_segments(&mut rest);
        let RestSink { has_empty, refused, .. } = rest;
        let mut checked = refused.map_or(Ok(()), Err);
        if checked.is_ok() && (url.len() == start || has_empty && !options.allow_empty) {
            checked = Err(Reason::EmptySegment);
        }
        // The last segment may go on in the literal behind it; the others end here.
        while let Some(slash) = url.get(self.segment..).and_then(|written| written.find('/')) {
            let end = self.segment + slash;
            checked = checked.and(check(url.get(self.segment..end).unwrap_or("")));
            self.segment = end + 1;
        }
        let ended = self.end_value(url, template);
        checked.and(ended).map_err(|reason| InvalidArgument::new(argument, reason))
    }

    /// Writes the literal behind a value, and checks the segment of the value if it ends there.
    fn end_value(&mut self, url: &mut String, template: PathTemplate<'_>) -> Result<(), Reason> {
        let (segment, end) = (self.segment, url.len());
        let goes_on = !self.literal(url, template) && self.pieces < template.pieces.len();
        if goes_on {
            return Ok(());
        }
        // The segment ends with the first `/` of the literal, or with the path.
        let tail = url.get(end..).and_then(|tail| tail.find(['/', '?'])).map_or(url.len(), |at| end + at);
        check(url.get(segment..tail).unwrap_or(""))
    }

    /// Writes the next literal piece. Returns whether it begins a segment in which another value stands.
    fn literal(&mut self, url: &mut String, template: PathTemplate<'_>) -> bool {
        let literal = template.pieces.get(self.pieces).copied().unwrap_or("");
        self.pieces += 1;
        url.push_str(literal);
        if self.pieces >= template.pieces.len() {
            if !template.query.is_empty() {
                url.push('?');
                url.push_str(template.query);
            }
            return false;
        }
        // Not `rfind`: the last slash of nearly every literal is its last byte.
        let slash = literal.bytes().rposition(|byte| byte == b'/');
        if let Some(slash) = slash {
            self.segment = url.len() - literal.len() + slash + 1;
        }
        slash.is_some()
    }
}

fn check(segment: &str) -> Result<(), Reason> {
    if is_dot_segment(segment) { Err(Reason::DotSegment) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: SegmentOptions = SegmentOptions { encoded: false, allow_empty: false };
    const ENCODED: SegmentOptions = SegmentOptions { encoded: true, allow_empty: false };
    const ALLOW_EMPTY: SegmentOptions = SegmentOptions { encoded: false, allow_empty: true };

    /// The path of a template with values for its placeholders; those named with `..` are several segments.
    fn path(template: &str, options: SegmentOptions, values: &[&str]) -> Result<String, InvalidArgument> {
        let mut pieces = vec![template];
        let mut names = Vec::new();
        while let Some((piece, rest)) = pieces.last().and_then(|last| last.split_once('{')) {
            let (name, behind) = rest.split_once('}').unwrap();
            pieces.pop();
            pieces.extend([piece, behind]);
            names.push(name);
        }
        let template = PathTemplate { pieces: &pieces, query: "" };
        let mut url = String::new();
        let mut writer = PathWriter::begin(&mut url, template);
        for (name, value) in names.iter().zip(values) {
            match name.strip_suffix("..") {
                Some(name) => writer.rest(&mut url, template, options, name, *value)?,
                None => writer.segment(&mut url, template, options, name, *value)?,
            }
        }
        Ok(url)
    }

    fn refused(template: &str, options: SegmentOptions, values: &[&str]) -> (String, Reason) {
        let InvalidArgument { argument, reason } = path(template, options, values).unwrap_err();
        (argument, reason)
    }

    #[test]
    fn a_placeholder_has_a_value_wherever_it_stands() {
        for (template, values) in [
            ("/{a}", &[""][..]),
            ("/{a}.json", &[""]),
            ("/v{a}", &[""]),
            ("/{a}.{b}", &["", "x"]),
            ("/{b}.{a}", &["x", ""]),
            ("/{a}{b}", &["", "x"]),
            ("/x/{a}/y", &[""]),
            ("/{a..}", &[""]),
            ("/{a..}:/x", &[""]),
            ("/x{a..}.y", &[""]),
        ] {
            assert_eq!(refused(template, NONE, values), ("a".to_owned(), Reason::EmptySegment), "{template}");
        }
    }

    #[test]
    fn no_assembled_segment_is_a_dot_segment() {
        for (template, values) in [
            ("/{a}", &[".."][..]),
            ("/.{a}", &["."]),
            ("/{a}./x", &["."]),
            ("/{b}{a}", &[".", "."]),
            ("/{a..}", &["x/../y"]),
            ("/.{a..}/x", &["./y"]),
            ("/{a..}./x", &["y/."]),
        ] {
            assert_eq!(refused(template, NONE, values), ("a".to_owned(), Reason::DotSegment), "{template}");
        }
        assert_eq!(path("/{a}.{b}", NONE, &[".", "."]).unwrap(), "/...");
        assert_eq!(path("/{a}", NONE, &["%2e"]).unwrap(), "/%252e");
        assert_eq!(refused("/{a}", ENCODED, &["%2e%2E"]).1, Reason::DotSegment);
    }

    #[test]
    fn several_segments_stand_anywhere() {
        assert_eq!(path("/root:/{path..}:/children", NONE, &["a b/c"]).unwrap(), "/root:/a%20b/c:/children");
        assert_eq!(path("/x{rest..}.y/{id}", NONE, &["a/b", "1"]).unwrap(), "/xa/b.y/1");
        assert_eq!(path("/{a}-{rest..}", NONE, &["1", "a/b"]).unwrap(), "/1-a/b");
        assert_eq!(path("/{rest..}/{id}", NONE, &["a", "1"]).unwrap(), "/a/1");
        for value in ["/", "a/", "/a", "a//b"] {
            assert_eq!(
                refused("/root:/{path..}:/children", NONE, &[value]).1,
                Reason::EmptySegment,
                "{value}"
            );
        }
    }

    #[test]
    fn empty_segments_are_allowed_where_the_declaration_says_so() {
        for (value, expected) in [("dir/", "/b/dir/"), ("a//b", "/b/a//b"), ("/a", "/b//a"), ("/", "/b//")] {
            assert_eq!(path("/{bucket}/{key..}", ALLOW_EMPTY, &["b", value]).unwrap(), expected);
        }
        assert_eq!(refused("/{bucket}/{key..}", ALLOW_EMPTY, &["b", ""]).0, "key");
        assert_eq!(refused("/{bucket}/{key..}", ALLOW_EMPTY, &["", "k"]).0, "bucket");
        for value in ["..", "a/..", "./", "a//../b"] {
            assert_eq!(
                refused("/{bucket}/{key..}", ALLOW_EMPTY, &["b", value]).1,
                Reason::DotSegment,
                "{value}"
            );
        }
    }

    #[test]
    fn an_encoded_value_keeps_its_shape() {
        assert_eq!(path("/{a}/x", ENCODED, &["a%2Fb@:'"]).unwrap(), "/a%2Fb@:'/x");
        assert_eq!(path("/{a..}", ENCODED, &["a%2Fb/c%20"]).unwrap(), "/a%2Fb/c%20");
        for value in ["a/b", "a?b", "a#b", "a b", "%", "%zz", "ß", "a\\b"] {
            assert_eq!(refused("/{a}", ENCODED, &[value]), ("a".to_owned(), Reason::NotEncoded), "{value}");
        }
        for value in ["a?b", "a#b", "a/%"] {
            assert_eq!(refused("/{a..}", ENCODED, &[value]).1, Reason::NotEncoded, "{value}");
        }
        assert_eq!(refused("/{a}", ENCODED, &[""]).1, Reason::EmptySegment);
    }
}
