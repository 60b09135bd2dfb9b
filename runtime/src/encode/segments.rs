//! Several path segments from one argument: `{rest..}`.

use super::scalar::{Scalar, Sink, Syntax};

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
    /// Called with the position where each segment starts, once it is written.
    starts: Vec<usize>,
}

// Nothing of a request or an answer is shown: a `Debug` ends up in logs.
impl std::fmt::Debug for RestSink<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RestSink").field("segments", &self.starts.len()).finish_non_exhaustive()
    }
}

impl<'a> RestSink<'a> {
    pub(crate) fn new(out: &'a mut String) -> Self {
        Self { out, starts: Vec::new() }
    }

    /// Appends one segment, encoded.
    pub fn segment<T: Scalar + ?Sized>(&mut self, value: &T) {
        if !self.starts.is_empty() {
            self.out.push('/');
        }
        self.starts.push(self.out.len());
        value.write(&mut Sink::new(self.out, Syntax::Percent));
    }

    /// Where the last segment starts; `None` if there is none.
    pub(crate) fn last(&self) -> Option<usize> {
        self.starts.last().copied()
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
