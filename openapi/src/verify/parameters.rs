//! Parameters: in the path by their place, in the query and in headers by their names.

use declarest::{ListStyle, Role};

use super::context::Context;
use super::declared::Input;
use super::report::Kind;
use super::spread::{deep_object, is_spread, spread_names};
use super::types::{fits, list, optional, suggestion, words};
use super::values::leaked;
use crate::model::{Parameter, Place, Scheme, Style};
use crate::paths::placeholders;
use crate::schema::{Schema, Type};

pub(super) fn compare(context: &mut Context<'_, '_>) {
    path(context);
    named(context, Place::Query);
    named(context, Place::Header);
    cookies(context);
    undocumented(context);
}

/// Placeholders are compared by their place: their names are the author's.
fn path(context: &mut Context<'_, '_>) {
    let names = placeholders(context.operation.path);
    let inputs = context.code.path.clone();
    for (name, input) in names.iter().zip(&inputs) {
        let found = context
            .operation
            .parameters
            .iter()
            .find(|other| other.place == Place::Path && other.name == *name);
        if let Some(parameter) = found.cloned() {
            value(context, &parameter, input);
        }
    }
}

/// A name of the query or a header.
fn named(context: &mut Context<'_, '_>, place: Place) {
    let parameters: Vec<Parameter<'_>> =
        context.operation.parameters.iter().filter(|parameter| parameter.place == place).cloned().collect();
    let mut hidden = Vec::new();
    for parameter in parameters {
        if is_credential(context, &parameter) || is_constant(context, &parameter) {
            continue;
        }
        let is_query = usize::from(place == Place::Query);
        context.query.documented += is_query;
        let input = context.code.inputs.iter().find(|input| is_input(input, &parameter)).cloned();
        match input.or_else(|| member(context, &parameter)) {
            Some(input) => {
                context.query.compared += is_query;
                required(context, &parameter, &input);
                value(context, &parameter, &input);
            }
            None if is_spread(context, &parameter) => context.query.compared += is_query,
            None if unknown_members(context, place).is_some() => hidden.push(parameter),
            None => {
                context.query.compared += is_query;
                missing(context, &parameter);
            }
        }
    }
    may_be_members(context, place, &hidden);
}

/// The flattened argument whose members are not known.
fn unknown_members(context: &Context<'_, '_>, place: Place) -> Option<Input> {
    let role = if place == Place::Query { Role::QueryFlatten } else { Role::HeaderFlatten };
    let unknown = |input: &Input| {
        // A flattened struct of the struct has no name, and its own members were not known.
        let nested = |member: &Input| member.role == role && member.wire.is_empty();
        input.role == role && input.members().is_none_or(|members| members.iter().any(nested))
    };
    context.code.inputs.iter().find(|input| unknown(input)).cloned()
}

/// Parameters that may be members of a flattened struct.
fn may_be_members(context: &mut Context<'_, '_>, place: Place, hidden: &[Parameter<'_>]) {
    let (Some(input), Some(first)) = (unknown_members(context, place), hidden.first()) else { return };
    let names: Vec<String> = hidden.iter().map(|parameter| format!("`{}`", parameter.name)).collect();
    let what = if place == Place::Query { "query names" } else { "headers" };
    let document = format!("the {what} {}", names.join(", "));
    let code = format!("`{}: {}`, whose members are not known", input.name, input.ty);
    let write = match (place, &input.hooks) {
        (Place::Query, Some(_)) => {
            format!("`#[derive(declarest::Query)]` on `{}`, which tells them", optional(input.ty).0)
        }
        (Place::Query, None) => "a type without a generic parameter of the method".to_owned(),
        _ => "`#[header(\"…\")]` for each, if they should be compared".to_owned(),
    };
    context.found(Kind::Unverified, &first.pointer, [document, code, write]);
}

fn is_input(input: &Input, parameter: &Parameter<'_>) -> bool {
    match parameter.place {
        Place::Query => {
            matches!(input.role, Role::Query | Role::QueryFlag | Role::QueryJson)
                && bare(&input.wire) == bare(parameter.name)
        }
        _ => input.role == Role::Header && input.wire.eq_ignore_ascii_case(parameter.name),
    }
}

/// A credential that the document describes as a parameter as well.
fn is_credential(context: &Context<'_, '_>, parameter: &Parameter<'_>) -> bool {
    let schemes = context.operation.security.iter().flatten().flatten();
    schemes.into_iter().any(|scheme| match scheme {
        Scheme::Header(name) => parameter.place == Place::Header && name.eq_ignore_ascii_case(parameter.name),
        Scheme::Query(name) => parameter.place == Place::Query && *name == parameter.name,
        _ => false,
    })
}

fn is_constant(context: &Context<'_, '_>, parameter: &Parameter<'_>) -> bool {
    match parameter.place {
        Place::Header => context.code.header(parameter.name).is_some(),
        _ => context.code.query.iter().any(|pair| pair.split('=').next() == Some(parameter.name)),
    }
}

/// The member of a flattened struct whose members are known.
fn member(context: &Context<'_, '_>, parameter: &Parameter<'_>) -> Option<Input> {
    if parameter.place != Place::Query {
        return None;
    }
    query_members(context).into_iter().find(|member| bare(&member.wire) == bare(parameter.name))
}

/// `name` for `name[]`.
fn bare(name: &str) -> &str {
    name.trim_end_matches("[]")
}

/// The members of all flattened structs.
pub(super) fn query_members(context: &Context<'_, '_>) -> Vec<Input> {
    context.code.of(&[Role::QueryFlatten]).filter_map(Input::members).flatten().collect()
}

/// A parameter that the code does not name.
fn missing(context: &mut Context<'_, '_>, parameter: &Parameter<'_>) {
    let place = if parameter.place == Place::Query { "query name" } else { "header" };
    let required = if parameter.required { "required" } else { "optional" };
    let document = format!("the {required} {place} `{}`", parameter.name);
    let schema = parameter.schema.read(context.document);
    let ty = suggestion(&schema);
    let ty = if parameter.required { ty.to_owned() } else { format!("Option<{ty}>") };
    let role = if parameter.place == Place::Query { "query" } else { "header" };
    let write = format!("`#[{role}(\"{}\")] …: {ty}`", parameter.name);
    let kind = if parameter.required { Kind::Mismatch } else { Kind::NotDeclared };
    context.found(kind, &parameter.pointer, [document, "no such argument".to_owned(), write]);
}

fn required(context: &mut Context<'_, '_>, parameter: &Parameter<'_>, input: &Input) {
    // An empty list sends nothing.
    let may_be_absent = input.optional || list(input.ty).is_some() || input.role == Role::QueryFlag;
    let write = match (parameter.required, input.optional) {
        (true, true) => format!("`{}: {}`", input.name, required_type(input.ty)),
        (false, false) if !may_be_absent => format!("`{}: Option<{}>`", input.name, input.ty),
        _ => return,
    };
    let document =
        format!("`{}` is {}", parameter.name, if parameter.required { "required" } else { "optional" });
    context.found(
        Kind::Mismatch,
        &parameter.pointer,
        [document, format!("`{}: {}`", input.name, input.ty), write],
    );
}

/// The type without its `Option`, as it is written.
fn required_type(ty: &str) -> String {
    let text: String = ty.split_whitespace().collect::<Vec<_>>().join(" ");
    let inner = text.split_once("Option <").or_else(|| text.split_once("Option<"));
    match inner.and_then(|(_, rest)| rest.trim_end().strip_suffix('>')) {
        Some(inner) => inner.trim().to_owned(),
        None => text,
    }
}

/// The type, the list style, and the values of an enum.
fn value(context: &mut Context<'_, '_>, parameter: &Parameter<'_>, input: &Input) {
    let schema = parameter.schema.read(context.document);
    let (ty, _) = optional(input.ty);
    let place = parameter.schema.place(context.document);
    let at = if place.is_empty() { parameter.pointer.clone() } else { place };
    if input.role == Role::QueryFlatten {
        deep_object(context, parameter, input, &schema);
        return;
    }
    let is_json = parameter.style == Style::Content;
    let is_one_text = is_text_of_list(&ty, &schema, parameter) || is_list_in_text(input, &ty, &schema);
    if fits(&ty, &schema) == Some(false) && !is_json && !is_one_text {
        let document = format!("`{}` is {}", parameter.name, words(&schema));
        let write = format!("`{}: {}`", input.name, suggestion(&schema));
        context.found(Kind::Mismatch, &at, [document, format!("`{}: {}`", input.name, input.ty), write]);
        return;
    }
    list_style(context, parameter, input, &schema);
    let item_ty = list(&ty).unwrap_or(ty);
    let item = schema
        .items
        .as_ref()
        .filter(|_| schema.types == [Type::Array])
        .map(|node| node.read(context.document));
    if let Some(item) = item.as_ref().filter(|item| fits(&item_ty, item) == Some(false)) {
        let document = format!("the items of `{}` are {}", parameter.name, words(item));
        let write = format!("`{}: &[{}]`", input.name, suggestion(item));
        context.found(Kind::Mismatch, &at, [document, format!("`{}: {}`", input.name, input.ty), write]);
        return;
    }
    values(context, &at, item.as_ref().unwrap_or(&schema), input);
}

/// A path segment is one text: of a list with commas, or of a number that is not an integer.
fn is_text_of_list(ty: &str, schema: &Schema<'_>, parameter: &Parameter<'_>) -> bool {
    let is_text = ["str", "String"].contains(&ty);
    let is_one_text = matches!(schema.types.as_slice(), [Type::Array | Type::Number]);
    // A header holds a list as one text, too.
    is_text && is_one_text && matches!(parameter.place, Place::Path | Place::Header)
}

/// A list that is written with a separator is one text to the document.
fn is_list_in_text(input: &Input, ty: &str, schema: &Schema<'_>) -> bool {
    let is_joined = matches!(input.lists, ListStyle::Comma | ListStyle::Space | ListStyle::Pipe);
    is_joined && list(ty).is_some() && schema.types == [Type::String]
}

fn list_style(context: &mut Context<'_, '_>, parameter: &Parameter<'_>, input: &Input, schema: &Schema<'_>) {
    if schema.types != [Type::Array] || parameter.place != Place::Query {
        return;
    }
    let style = style_name(input.lists);
    let wanted = match parameter.style {
        Style::Repeat => "repeat",
        Style::Comma => "comma",
        Style::Space => "space",
        Style::Pipe => "pipe",
        _ => return,
    };
    // `name[]` repeated is `brackets` without the brackets in the document's name.
    let is_bracketed = wanted == "repeat"
        && parameter.name.ends_with("[]")
        && (style == "brackets" || input.wire.ends_with("[]"));
    if style == wanted || is_bracketed {
        return;
    }
    let document = format!("the items of `{}` are written in the style `{wanted}`", parameter.name);
    let write = format!("`lists = \"{wanted}\"`");
    context.found(Kind::Mismatch, &parameter.pointer, [document, format!("`lists = \"{style}\"`"), write]);
}

fn style_name(style: ListStyle) -> &'static str {
    match style {
        ListStyle::Repeat => "repeat",
        ListStyle::Comma => "comma",
        ListStyle::Space => "space",
        ListStyle::Pipe => "pipe",
        ListStyle::Brackets => "brackets",
        ListStyle::Indices => "indices",
    }
}

/// Each value of an enum is one that the declared type knows.
fn values(context: &mut Context<'_, '_>, at: &str, schema: &Schema<'_>, input: &Input) {
    let (Some(values), Some(hooks)) = (&schema.values, &input.hooks) else { return };
    let Some(decode) = hooks.item.decode.or(hooks.whole.decode) else { return };
    for value in values {
        if let Err(misfit) = decode(leaked(value)) {
            let texts = [
                format!("the value {value}"),
                format!("`{}: {}`: {}", input.name, input.ty, misfit.message),
                format!("a variant for {value}"),
            ];
            context.found(Kind::Mismatch, at, texts);
        }
    }
}

/// Cookies by their names, where the code does not send a header of them all.
fn cookies(context: &mut Context<'_, '_>) {
    let is_header = |input: &Input| input.role == Role::Header && input.wire.eq_ignore_ascii_case("cookie");
    if context.code.header("cookie").is_some() || context.code.inputs.iter().any(is_header) {
        return;
    }
    let cookies: Vec<Parameter<'_>> = context
        .operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == Place::Cookie)
        .cloned()
        .collect();
    for parameter in &cookies {
        let input = context.code.of(&[Role::Cookie]).find(|input| input.wire == parameter.name).cloned();
        if let Some(input) = input {
            required(context, parameter, &input);
            value(context, parameter, &input);
            continue;
        }
        let document = format!("the cookie `{}`", parameter.name);
        let write = format!("`#[cookie(\"{}\")] …: &str`, or let a layer send it", parameter.name);
        context.news(Kind::Unverified, &parameter.pointer, [document, "no such argument".to_owned(), write]);
    }
}

/// Arguments and constants that the document does not describe.
fn undocumented(context: &mut Context<'_, '_>) {
    let documented = |input: &Input| {
        context.operation.parameters.iter().any(|parameter| {
            matches!(parameter.place, Place::Query | Place::Header) && is_input(input, parameter)
            || input.role == Role::Query && spread_names(context, parameter).contains(&input.wire.as_str())
            // `filter[name]` is a member of the object `filter`.
            || parameter.style == Style::DeepObject && input.wire.starts_with(parameter.name)
        })
    };
    let inputs: Vec<Input> = context
        .code
        .of(&[Role::Query, Role::QueryFlag, Role::QueryJson, Role::Header])
        .filter(|input| !documented(input))
        .cloned()
        .collect();
    for input in inputs {
        // Conditional requests and idempotency are HTTP's, not the API's.
        const GENERAL: [&str; 6] = [
            "if-match",
            "if-none-match",
            "if-modified-since",
            "if-unmodified-since",
            "range",
            "idempotency-key",
        ];
        let is_general =
            input.role == Role::Header && GENERAL.contains(&input.wire.to_ascii_lowercase().as_str());
        let is_scheme = context.operation.security.iter().flatten().flatten().any(|scheme| {
            matches!(scheme, Scheme::Header(name) | Scheme::Query(name) if name.eq_ignore_ascii_case(&input.wire))
        });
        if is_general || is_scheme || input.wire.eq_ignore_ascii_case("cookie") {
            continue;
        }
        let (what, mark) = if input.role == Role::Header { ("header", '#') } else { ("query name", '?') };
        let texts = [format!("no {what} `{}`", input.wire), format!("`{}: {}`", input.name, input.ty)];
        let pointer = context.operation.pointer.clone();
        context.undocumented(&pointer, (mark, &input.wire), texts);
    }
    undocumented_members(context);
}

fn undocumented_members(context: &mut Context<'_, '_>) {
    let documented = |wire: &str| {
        context.operation.parameters.iter().any(|parameter| {
            parameter.place == Place::Query
                && (bare(parameter.name) == bare(wire)
                    || spread_names(context, parameter).contains(&wire)
                    || parameter.style == Style::DeepObject && wire.starts_with(parameter.name))
        })
    };
    let mut unknown = query_members(context);
    unknown.retain(|member| !member.wire.is_empty() && !documented(&member.wire));
    for member in unknown {
        let texts = [
            format!("no query name `{}`", member.wire),
            format!("`{}: {}` of a flattened struct", member.name, member.ty),
        ];
        let pointer = context.operation.pointer.clone();
        context.undocumented(&pointer, ('?', &member.wire), texts);
    }
}
