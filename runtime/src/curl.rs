//! A call as a curl command, for a person.

use http::{HeaderValue, header};

use crate::client::{AGENT, AuthHeader, AuthKind};
use crate::endpoint::AuthRule;
use crate::exchange::Reading;
use crate::parts::RequestParts;

/// The command. What is secret is `***`.
pub(crate) fn command(parts: &RequestParts, reading: &Reading) -> String {
    let mut command = format!("curl -X {} {}", parts.0.endpoint.method, quoted(&parts.0.url));
    let mut line = |name: &str, value: &str| {
        command.push_str(&format!(" \\\n  -H {}", quoted(&format!("{name}: {value}"))));
    };
    for (name, value) in &parts.0.headers {
        line(name.as_str(), shown(value));
    }
    // curl names itself, unless the client was told a name, which the server may ask for.
    let own = parts.0.client.0.headers.iter().filter(|(name, value)| {
        !parts.0.headers.contains_key(*name) && (*name != header::USER_AGENT || **value != AGENT)
    });
    for (name, value) in own {
        line(name.as_str(), shown(value));
    }
    if let Some(media) = parts.0.endpoint.accept.or(reading.media_type)
        && !parts.0.headers.contains_key(header::ACCEPT)
    {
        line("accept", media);
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
    match parts.0.body.clone().finish(parts.0.endpoint) {
        Ok((payload, media)) => {
            if let Some(media) = media.get().filter(|_| !parts.0.headers.contains_key(header::CONTENT_TYPE)) {
                line("content-type", shown(media));
            }
            match payload.bytes().map(std::str::from_utf8) {
                Some(Ok("")) => {}
                _ if parts.0.body.secret => command.push_str(" \\\n  --data '***'"),
                Some(Ok(text)) => command.push_str(&format!(" \\\n  --data {}", quoted(text))),
                _ => command.push_str(" \\\n  --data-binary @-"),
            }
        }
        Err(_) => command.push_str("\n# the body does not fit"),
    }
    command
}

fn shown(value: &HeaderValue) -> &str {
    if value.is_sensitive() { "***" } else { value.to_str().unwrap_or("***") }
}

/// In single quotes, as a POSIX shell takes it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
