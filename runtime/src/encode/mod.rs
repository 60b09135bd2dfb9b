//! From arguments to the text of a request.

pub(crate) mod body;
mod file;
mod finite;
pub(crate) mod header;
mod invalid_argument;
mod lists;
mod multipart;
mod nested;
mod pairs;
mod percent;
mod query_value;
mod scalar;
mod segments;
mod style;
mod url;

pub(crate) use self::body::{BodyParts, ContentType};
pub use self::body::{Encode, NdJson};
pub use self::file::File;
pub use self::header::{HeaderArg, HeaderArgs, HeaderLines};
pub(crate) use self::invalid_argument::{InvalidArgument, Reason};
pub use self::multipart::{Part, PartOptions, PartSink};
pub(crate) use self::pairs::Flags;
pub use self::pairs::{Pairs, Query};
pub(crate) use self::percent::{encode_into as percent_into, is_dot_segment};
pub use self::query_value::{QueryValue, Values};
pub(crate) use self::scalar::Syntax;
pub use self::scalar::{Scalar, Sink};
pub use self::segments::{RestSink, Segments};
pub use self::style::{ListStyle, NestedStyle, ObjectStyle};
pub use self::url::TargetUrl;
