//! A call as a curl command, for a person.

use http::{HeaderValue, header};

use crate::client::{AGENT, AuthHeader, AuthKind};
use crate::endpoint::AuthRule;
use crate::exchange::{DefaultHeaders, ResponseExpectations};
use crate::parts::RequestParts;

/// The command. What is secret is `***`.
#[inline]
pub(crate) fn command(parts: &RequestParts, reading: &ResponseExpectations) -> String {
    let mut command = format!("curl -X {} {}", parts.0.endpoint.method, quoted(&parts.0.url));
    let mut line = |name: &str, value: &str| {
        command.push_str(&format!(" \\\n  -H {}", quoted(&format!("{name}: {value}"))));
    };
    let body = parts.0.body.clone().finish(parts.0.endpoint);
    let defaults = DefaultHeaders {
        content_type: body.as_ref().ok().and_then(|(_, media)| media.get()),
        accept: [parts.0.endpoint.accept, reading.media_type],
        // curl would print what is compressed as it comes.
        compressed: false,
        client: &parts.0.client.0.headers,
    };
    let mut headers = parts.0.headers.clone();
    defaults.fill(&mut headers);
    for (name, value) in &headers {
        // curl names itself, unless the client was told a name, which the server may ask for.
        if *name != header::USER_AGENT || *value != AGENT {
            line(name.as_str(), shown(value));
        }
    }
    let auth = parts.0.auth();
    if let (AuthKind::Header(AuthHeader { name, value, .. }), true) =
        (&auth.kind, parts.0.endpoint.auth != AuthRule::None)
    {
        let scheme = value.to_str().ok().and_then(|value| value.split_once(' ')).map(|(scheme, _)| scheme);
        match scheme.filter(|scheme| matches!(*scheme, "Bearer" | "Basic")) {
            Some(scheme) => line(name.as_str(), &format!("{scheme} ***")),
            None => line(name.as_str(), "***"),
        }
    }
    match body.as_ref().map(|(payload, _)| payload.bytes().map(std::str::from_utf8)) {
        Ok(Some(Ok(""))) => {}
        Ok(_) if parts.0.body.secret => command.push_str(" \\\n  --data '***'"),
        Ok(Some(Ok(text))) => command.push_str(&format!(" \\\n  --data {}", quoted(text))),
        Ok(_) => command.push_str(" \\\n  --data-binary @-"),
        Err(_) => command.push_str("\n# the body does not fit"),
    }
    command
}

#[inline]
fn shown(value: &HeaderValue) -> &str {
    if value.is_sensitive() { "***" } else { value.to_str().unwrap_or("***") }
}

/// In single quotes, as a POSIX shell takes it.
#[inline]
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
