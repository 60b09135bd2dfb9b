//! [`HeaderArg`] and [`HeaderArgs`]: a range of bytes, the headers of a trace.

use std::ops::Range;

use declarest::{Call, HeaderArg, HeaderArgs, HeaderLines, Raw, api};

/// Recordings.
#[api]
pub trait Recordings: Send + Sync {
    /// A piece of a recording.
    #[get("/recordings/{id}")]
    fn piece(
        &self,
        id: u64,
        #[header("Range")] range: &ByteRange,
        #[header(flatten)] trace: &TraceContext,
    ) -> Call<Raw>;
}

/// A range of bytes: `bytes=0-99` (RFC 9110, 14.2). What writes no line, here an empty range, is left out.
#[derive(Debug, Clone)]
pub struct ByteRange(pub Range<u64>);

impl HeaderArg for ByteRange {
    fn write_lines(&self, lines: &mut HeaderLines<'_>) {
        let last = self.0.end.checked_sub(1).filter(|last| *last >= self.0.start);
        last.map(|last| format!("bytes={}-{last}", self.0.start)).write_lines(lines);
    }
}

/// The trace that a request belongs to (W3C Trace Context), as two headers.
#[derive(Debug, Clone)]
pub struct TraceContext {
    /// The trace, as 32 hexadecimal digits.
    pub trace: u128,
    /// The span within it.
    pub span: u64,
    /// What vendors add.
    pub state: Option<String>,
}

impl HeaderArgs for TraceContext {
    fn each(&self, set: &mut dyn FnMut(&str, &dyn HeaderArg)) {
        set("traceparent", &format!("00-{:032x}-{:016x}-01", self.trace, self.span));
        set("tracestate", &self.state);
    }
}
