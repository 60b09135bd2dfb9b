//! Writes a path in place: literal pieces and encoded arguments in turn, and looks at each finished segment.

use crate::encode::{InvalidArgument, Reason, RestSink, Scalar, Segments, Sink, Syntax, is_dot_segment};

/// Where the writing of a path stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct PathWriter {
    /// How many literal pieces are written.
    pieces: usize,
    /// Where the segment that is being written starts.
    segment: usize,
}

impl PathWriter {
    /// Writes the first literal piece, and the constant query if the path has no arguments.
    pub(crate) fn begin(url: &mut String, pieces: &[&str], query: &str) -> Self {
        let mut writer = Self { pieces: 0, segment: url.len() };
        writer.literal(url, pieces, query);
        writer
    }

    /// Writes an argument and the literal piece behind it.
    ///
    /// The rule is about the assembled segment: with `/{a}{b}`, two dots are as bad as `..` in one argument, and an
    /// empty one is fine beside another (RFC 3986, 5.2.4 and 6.2.2.3).
    pub(crate) fn segment<T: Scalar + ?Sized>(
        &mut self,
        url: &mut String,
        pieces: &[&str],
        query: &str,
        argument: &'static str,
        value: &T,
    ) -> Result<(), InvalidArgument> {
        value.write(&mut Sink::new(url, Syntax::Percent));
        let end = url.len();
        let segment = self.segment;
        let goes_on = !self.literal(url, pieces, query) && self.pieces < pieces.len();
        if goes_on {
            return Ok(());
        }
        // The segment ends with the first `/` of the literal behind it, or with the path.
        let tail = url.get(end..).and_then(|tail| tail.find(['/', '?'])).map_or(url.len(), |at| end + at);
        check(url.get(segment..tail).unwrap_or(""), argument)
    }

    /// Writes the segments of a `{rest..}` argument, which is the last one.
    pub(crate) fn rest<T: Segments + ?Sized>(
        &mut self,
        url: &mut String,
        pieces: &[&str],
        query: &str,
        argument: &'static str,
        value: &T,
    ) -> Result<(), InvalidArgument> {
        let start = self.segment;
        let mut rest = RestSink::new(url);
        value.write_segments(&mut rest);
        let none = rest.last().is_none();
        let segments = url.get(start..).unwrap_or("");
        let checked = if none { Err(unfit(argument, Reason::EmptySegment)) } else { Ok(()) }
            .and_then(|()| segments.split('/').try_for_each(|segment| check(segment, argument)));
        self.literal(url, pieces, query);
        checked
    }

    /// Writes the next literal piece; tells whether it began a segment in which another argument stands.
    fn literal(&mut self, url: &mut String, pieces: &[&str], query: &str) -> bool {
        let literal = pieces.get(self.pieces).copied().unwrap_or("");
        self.pieces += 1;
        url.push_str(literal);
        if self.pieces >= pieces.len() {
            if !query.is_empty() {
                url.push('?');
                url.push_str(query);
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

fn check(segment: &str, argument: &'static str) -> Result<(), InvalidArgument> {
    match segment {
        "" => Err(unfit(argument, Reason::EmptySegment)),
        dots if is_dot_segment(dots) => Err(unfit(argument, Reason::DotSegment)),
        _ => Ok(()),
    }
}

fn unfit(argument: &str, reason: Reason) -> InvalidArgument {
    InvalidArgument { argument: argument.to_owned(), reason }
}
