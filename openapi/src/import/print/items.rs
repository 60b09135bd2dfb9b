//! Structs and enums.

use super::super::docs::{lines, sentence_of};
use super::super::names::{Case, Names, best_case, camel, raw, snake, words};
use super::super::types::{Def, Field, Id, Kind, Struct, Ty, Union, Variant};
use super::super::unions::short_names;
use super::setters::{Member, setters};
use super::{Chunk, Needs, Printer, WIDTH};

/// The text of a type.
pub(in super::super) fn item(printer: &Printer<'_, '_>, id: Id, docs_of_fields: bool) -> Option<Chunk> {
    let def = printer.types.defs.get(id)?;
    let mut needs = Needs::default();
    let name = printer.names.get(id)?.clone();
    let mut text = String::new();
    let docs = sentence_of(&name, &def.docs, 240);
    push(&mut text, &lines(&docs, 0));
    if def.deprecated {
        text.push_str(if docs.is_empty() { "" } else { "///\n" });
        text.push_str("/// Deprecated by the document.\n");
    }
    match &def.kind {
        Kind::Struct(found) if docs_of_fields => structure(printer, id, def, found, &mut text, &mut needs),
        Kind::Struct(found) => {
            let mut plain = found.clone();
            plain.fields.iter_mut().for_each(|field| field.docs.clear());
            structure(printer, id, def, &plain, &mut text, &mut needs);
        }
        Kind::Enum(values) => enumeration(printer, &name, def, values, &mut text, &mut needs),
        Kind::Union(union) => unite(printer, id, def, union, &mut text, &mut needs),
        Kind::Alias(_) | Kind::Pending => return None,
    }
    needs.ids.remove(&id);
    Some(Chunk { name, text, needs })
}

fn push(text: &mut String, lines: &[String]) {
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
}

/// The derives of the directions that are needed.
fn directions(printer: &Printer<'_, '_>, def: &Def, needs: &mut Needs) -> Vec<&'static str> {
    let both = printer.types.config.both_directions;
    let mut derives = Vec::new();
    if def.used.serialized || both {
        derives.push("Serialize");
    }
    if def.used.response || both {
        derives.push("Deserialize");
    }
    needs.serde.extend(&derives);
    derives
}

fn structure(
    printer: &Printer<'_, '_>,
    id: Id,
    def: &Def,
    found: &Struct,
    text: &mut String,
    needs: &mut Needs,
) {
    let (fields, names, mut taken) = members(printer, def, found);
    let mut derives = vec!["Debug".to_owned(), "Clone".to_owned()];
    if has_default(def, found, &fields) {
        derives.push("Default".to_owned());
    }
    if found.is_query {
        derives.push(printer.runtime("Query", needs));
    } else {
        derives.extend(directions(printer, def, needs).into_iter().map(str::to_owned));
    }
    text.push_str(&format!("#[derive({})]\n", derives.join(", ")));
    let pairs: Vec<(&str, &str)> =
        names.iter().map(String::as_str).zip(fields.iter().map(|field| field.wire.as_str())).collect();
    let case = if found.is_query { None } else { best_case(&pairs, Case::of_field) };
    if let Some(case) = case {
        text.push_str(&format!("#[serde(rename_all = \"{}\")]\n", case.0));
    }
    let name = printer.names.get(id).cloned().unwrap_or_default();
    if fields.is_empty() && found.rest.is_none() && found.variants.is_none() {
        text.push_str(&format!("pub struct {name} {{}}\n"));
        return;
    }
    let is_shared =
        |field: &&Field| matches!(field.ty.without_null().0, Ty::List(item) if **item == Ty::Item);
    let generics = if fields.iter().any(is_shared) { "<T>" } else { "" };
    text.push_str(&format!("pub struct {name}{generics} {{\n"));
    let mut members = Vec::new();
    for (field, ident) in fields.iter().zip(&names) {
        let ty = member(printer, id, def, found, field, ident, case, text, needs);
        let required = is_required(def, field) && !(found.is_query && ty.starts_with("Vec<"));
        members.push(Member { name: raw(ident), ty, required });
    }
    for (ty, ident, docs) in [
        (&found.variants, "variant", "The members that depend on what it is."),
        (&found.rest, "other", "All other members."),
    ] {
        let Some(ty) = ty else { continue };
        let ident = taken.take([ident.to_owned()]);
        let ty = if ident.starts_with("other") { Ty::Map(Box::new(ty.clone())) } else { ty.clone() };
        let printed = printer.owned(&ty, Some(id), needs);
        text.push_str(&format!("    /// {docs}\n    #[serde(flatten)]\n    pub {ident}: {printed},\n"));
    }
    text.push_str("}\n");
    if printer.has_setters && def.used.argument && found.variants.is_none() && found.rest.is_none() {
        text.extend(setters(&name, &members));
    }
}

/// The members that are written, their names, and the names that are taken.
pub(in super::super) fn members<'s>(
    printer: &Printer<'_, '_>,
    def: &Def,
    found: &'s Struct,
) -> (Vec<&'s Field>, Vec<String>, Names) {
    let fields: Vec<&Field> =
        found.fields.iter().filter(|field| is_written(printer, def, found, field)).collect();
    let mut taken = Names::default();
    let names = fields.iter().map(|field| taken.take([member_name(&field.wire)])).collect();
    (fields, names, taken)
}

/// Whether a struct derives `Default`.
pub(in super::super) fn has_default(def: &Def, found: &Struct, fields: &[&Field]) -> bool {
    let may_be_absent =
        |field: &&Field| !is_required(def, field) || found.is_query && matches!(field.ty, Ty::List(_));
    def.used.request && found.variants.is_none() && fields.iter().all(may_be_absent)
}

/// A member is written if it is sent or received, and no union writes it.
fn is_written(printer: &Printer<'_, '_>, def: &Def, found: &Struct, field: &Field) -> bool {
    let both = printer.types.config.both_directions;
    let sent = def.used.request && !field.read_only;
    let received = def.used.response && !field.write_only;
    (sent || received || both) && !found.tags.contains(&field.wire)
}

pub(in super::super) fn is_required(def: &Def, field: &Field) -> bool {
    let one_sided = (field.read_only && def.used.request) || (field.write_only && def.used.response);
    field.required && !one_sided && !matches!(field.ty, Ty::Nullable(_))
}

/// `kind` for `type`, which a name cannot be.
fn member_name(wire: &str) -> String {
    match wire {
        "type" => "kind".to_owned(),
        wire => match snake(&words(wire)).as_str() {
            // These stay keywords behind `r#`.
            name @ ("self" | "super" | "crate") => format!("{name}_value"),
            name => name.to_owned(),
        },
    }
}

/// Prints a member, and returns its type.
#[allow(clippy::too_many_arguments)] // One call, of what the struct's printer has at hand.
fn member(
    printer: &Printer<'_, '_>,
    id: Id,
    def: &Def,
    found: &Struct,
    field: &Field,
    ident: &str,
    case: Option<Case>,
    text: &mut String,
    needs: &mut Needs,
) -> String {
    let docs = sentence_of(ident, &field.docs, 240);
    let docs = if field.deprecated { format!("{docs} Deprecated.").trim_start().to_owned() } else { docs };
    push(text, &lines(if docs.is_empty() { "" } else { &docs }, 4));
    if let Some(guess) = field.guess {
        text.push_str(&format!("    // {guess}\n"));
    }
    let is_optional = !is_required(def, field);
    // An empty list sends nothing; as JSON it would send `[]`.
    let is_list = matches!(field.ty.without_null().0, Ty::List(_));
    let list = found.is_query && is_list && field.style != Some("json");
    let ty = match (is_optional, list) {
        (_, true) => field.ty.without_null().0.clone(),
        (true, false) => field.ty.clone().nullable(),
        (false, false) => field.ty.clone(),
    };
    // `Any` holds `null` itself, but may be absent.
    let printed = printer.owned(&ty, Some(id), needs);
    let printed = if is_optional && ty == Ty::Any { format!("Option<{printed}>") } else { printed };
    let plain = case.map_or_else(|| ident.to_owned(), |case| case.of_field(ident));
    let mut options = Vec::new();
    if found.is_query {
        if plain != field.wire {
            options.push(format!("\"{}\"", field.wire));
        }
        match field.style {
            Some(word @ ("nest" | "flatten" | "json")) => options.push(word.to_owned()),
            Some(style) if list => options.push(format!("lists = \"{style}\"")),
            _ => {}
        }
        attribute(text, "query", &options);
    } else {
        if plain != field.wire {
            options.push(format!("rename = {:?}", field.wire));
        }
        let nullable_and_required = field.required && matches!(field.ty, Ty::Nullable(_)) && !field.read_only;
        if (def.used.request || printer.types.config.both_directions)
            && printed.starts_with("Option<")
            && !nullable_and_required
        {
            options.push("skip_serializing_if = \"Option::is_none\"".to_owned());
        }
        attribute(text, "serde", &options);
    }
    let line = format!("    pub {}: {printed},\n", raw(ident));
    let broken = || format!("    pub {}:\n        {printed},\n", raw(ident));
    text.push_str(&if line.len() > WIDTH + 1 { broken() } else { line });
    printed
}

fn attribute(text: &mut String, name: &str, options: &[String]) {
    if options.is_empty() {
        return;
    }
    let line = format!("    #[{name}({})]", options.join(", "));
    if options.join(", ").len() <= super::ATTRIBUTE_WIDTH {
        text.push_str(&line);
        text.push('\n');
        return;
    }
    text.push_str(&format!("    #[{name}(\n        {}\n    )]\n", options.join(",\n        ")));
}

fn enumeration(
    printer: &Printer<'_, '_>,
    name: &str,
    def: &Def,
    values: &[String],
    text: &mut String,
    needs: &mut Needs,
) {
    let mut derives = vec!["Debug".to_owned(), "Clone".to_owned(), "PartialEq".to_owned(), "Eq".to_owned()];
    derives.extend(directions(printer, def, needs).into_iter().map(str::to_owned));
    if def.used.scalar {
        derives.push(printer.runtime("Scalar", needs));
    }
    let (variants, other) = enum_variants(values, name);
    let pairs: Vec<(&str, &str)> =
        variants.iter().map(String::as_str).zip(values.iter().map(String::as_str)).collect();
    let case = best_case(&pairs, Case::of_variant);
    text.push_str(&format!("#[derive({})]\n", derives.join(", ")));
    if let Some(case) = case {
        text.push_str(&format!("#[serde(rename_all = \"{}\")]\n", case.0));
    }
    text.push_str(&format!("pub enum {name} {{\n"));
    for (variant, value) in pairs {
        let plain = case.map_or_else(|| variant.to_owned(), |case| case.of_variant(variant));
        if plain != value {
            text.push_str(&format!("    #[serde(rename = {value:?})]\n"));
        }
        text.push_str(&format!("    {variant},\n"));
    }
    text.push_str(&format!(
        "    /// A value that the document does not list.\n    #[serde(untagged)]\n    {other}(String),\n}}\n"
    ));
}

/// The variants of an enum of this name, and the one of other values.
pub(in super::super) fn enum_variants(values: &[String], name: &str) -> (Vec<String>, String) {
    let mut taken = Names::default();
    let variants = values.iter().map(|value| taken.take([variant_name(value, name)])).collect();
    (variants, taken.take(["Other".to_owned(), "Unlisted".to_owned()]))
}

/// A name for a value of an enum: `Minus`, `Empty`, and `Size720x1280` where it begins with digits.
fn variant_name(value: &str, of: &str) -> String {
    match value {
        "" => "Empty".to_owned(),
        "*" => "All".to_owned(),
        "<" => "Less".to_owned(),
        ">" => "Greater".to_owned(),
        "=" | "==" => "Equal".to_owned(),
        "<=" => "LessOrEqual".to_owned(),
        ">=" => "GreaterOrEqual".to_owned(),
        "!=" => "NotEqual".to_owned(),
        _ => {
            let descending = value.starts_with('-') && value.chars().nth(1).is_some_and(char::is_alphabetic);
            let value = words(&if descending {
                format!("{} desc", value.trim_start_matches('-'))
            } else {
                value.to_owned()
            });
            let is_number =
                value.first().is_some_and(|word| word.starts_with(|first: char| first.is_ascii_digit()));
            let of = if is_number { words(of).pop() } else { None };
            camel(&of.into_iter().chain(value).collect::<Vec<String>>())
        }
    }
}

fn unite(printer: &Printer<'_, '_>, id: Id, def: &Def, union: &Union, text: &mut String, needs: &mut Needs) {
    let mut derives = vec!["Debug", "Clone"];
    derives.extend(directions(printer, def, needs));
    text.push_str(&format!("#[derive({})]\n", derives.join(", ")));
    let variants = union_variants(printer, union);
    let tagged = |variant: &Variant| union.tag.as_ref().and(variant.values.first()).cloned();
    let values: Vec<Option<String>> = variants.iter().map(|(variant, _)| tagged(variant)).collect();
    let pairs = variants
        .iter()
        .zip(&values)
        .filter_map(|((_, name), value)| Some((name.as_str(), value.as_deref()?)));
    let case = best_case(&pairs.collect::<Vec<_>>(), Case::of_variant);
    match (&union.tag, case) {
        (Some(tag), Some(case)) => {
            text.push_str(&format!("#[serde(tag = {tag:?}, rename_all = \"{}\")]\n", case.0));
        }
        (Some(tag), None) => text.push_str(&format!("#[serde(tag = {tag:?})]\n")),
        (None, _) => text.push_str("#[serde(untagged)]\n"),
    }
    text.push_str(&format!("pub enum {} {{\n", printer.names.get(id).cloned().unwrap_or_default()));
    let untagged = if union.tag.is_some() { "    #[serde(untagged)]\n" } else { "" };
    for ((variant, name), value) in variants.iter().zip(&values) {
        let plain = case.map_or_else(|| name.clone(), |case| case.of_variant(name));
        match value {
            Some(value) if plain != *value => text.push_str(&format!("    #[serde(rename = {value:?})]\n")),
            Some(_) => {}
            None => text.push_str(untagged),
        }
        if variant.ty == Ty::Unit {
            text.push_str(&format!("    {name},\n"));
            continue;
        }
        let ty = printer.owned(&variant.ty, Some(id), needs);
        let line = format!("    {name}({ty}),\n");
        text.push_str(&if line.len() > WIDTH + 1 {
            format!("    {name}(\n        {ty},\n    ),\n")
        } else {
            line
        });
    }
    if is_open(printer, def) {
        text.push_str(&format!("    /// A variant that the document does not describe.\n{untagged}    Other(serde_json::Value),\n"));
    }
    text.push_str("}\n");
}

/// The variants of a union in the order in which they are tried, and their names.
pub(in super::super) fn union_variants<'u>(
    printer: &Printer<'_, '_>,
    union: &'u Union,
) -> Vec<(&'u Variant, String)> {
    let mut variants: Vec<_> = union.variants.iter().collect();
    // By the tag, in the document's order. Then the first one that fits is taken: those that ask for most come first.
    let size = |variant: &Variant| {
        if union.tag.is_some() && !variant.values.is_empty() {
            usize::MAX
        } else {
            required(printer, &variant.ty)
        }
    };
    variants.sort_by_key(|variant| std::cmp::Reverse(size(variant)));
    let mut taken = Names::reserved(["Other"]);
    let names = short_names(&variants).filter(|_| union.tag.is_none());
    let names = names.unwrap_or_else(|| variants.iter().map(|variant| variant.words.clone()).collect());
    variants.into_iter().zip(names).map(|(variant, words)| (variant, taken.take([camel(&words)]))).collect()
}

/// Whether a union has a variant for what the document does not describe.
pub(in super::super) fn is_open(printer: &Printer<'_, '_>, def: &Def) -> bool {
    def.used.response || printer.types.config.both_directions
}

/// How much a value must have to fit a type.
fn required(printer: &Printer<'_, '_>, ty: &Ty) -> usize {
    match ty {
        Ty::Def(id) => match printer.types.defs.get(*id).map(|def| &def.kind) {
            Some(Kind::Struct(found)) => 10 + found.fields.iter().filter(|field| field.required).count(),
            Some(Kind::Enum(_)) => 2,
            _ => 5,
        },
        // serde reads a struct from a list, too.
        Ty::List(_) => 100,
        Ty::Int(_) => 4,
        Ty::Float => 3,
        Ty::Map(_) => 1,
        Ty::Any => 0,
        _ => 4,
    }
}
