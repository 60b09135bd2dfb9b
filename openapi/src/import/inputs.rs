//! The query and the content of a request.

use super::convert::{Types, docs};
use super::names::{Names, snake, words};
use super::operations::{ArgTy, Argument, Source, is_credential, list_style};
use super::types::{Def, Field, Id, Kind, Origin, Struct, Ty};
use crate::model::{Body, Content, Operation, Parameter, Place, Style, is_json};
use crate::schema::{Node, Schema, Type};

/// More optional names than this become a struct.
const MAX_OPTIONAL: usize = 2;
/// More names than this become a struct, required or not.
const MAX_ARGUMENTS: usize = 5;

impl<'d> Types<'d> {
    pub(super) fn query(
        &mut self,
        index: usize,
        operation: &Operation<'d>,
        names: &mut Names,
        arguments: &mut Vec<Argument>,
    ) {
        let parameters: Vec<Parameter<'d>> = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.place == Place::Query && !is_credential(operation, parameter.name))
            .cloned()
            .collect();
        let mut fields = Vec::new();
        for parameter in &parameters {
            match self.query_field(index, parameter) {
                Some(field) => fields.push(field),
                None => self.note(
                    &parameter.pointer,
                    format!(
                        "{}: the query name `{}` holds an object that cannot be written: left out",
                        operation.title(),
                        parameter.name
                    ),
                ),
            }
        }
        let optional = fields.iter().filter(|field| !field.required).count();
        let nested = fields.iter().any(|field| matches!(field.style, Some("nest" | "flatten" | "json")));
        let all = nested || fields.len() > MAX_ARGUMENTS + 1;
        let (inside, outside): (Vec<Field>, Vec<Field>) = if all {
            (fields, Vec::new())
        } else if optional > MAX_OPTIONAL {
            fields.into_iter().partition(|field| !field.required)
        } else {
            (Vec::new(), fields)
        };
        arguments.extend(outside.into_iter().map(|field| query_argument(&field, names)));
        if inside.is_empty() {
            return;
        }
        let schema = Schema { pointer: operation.pointer.clone(), ..Schema::default() };
        let id = self.start(&schema, Origin::Operation { operation: index, words: words("params") }, "");
        let ty =
            self.finish(id, Kind::Struct(Struct { fields: inside, is_query: true, ..Struct::default() }));
        let name = names.take(["params".to_owned()]);
        arguments.push(Argument {
            attribute: "#[query(flatten)]".to_owned(),
            name,
            ty: ArgTy::Lent(ty),
            optional: false,
            source: Source::Params,
        });
    }

    /// A name of the query as a field; `None` if it cannot be written.
    fn query_field(&mut self, index: usize, parameter: &Parameter<'d>) -> Option<Field> {
        let schema = parameter.schema.read(self.document);
        let origin = Origin::Operation { operation: index, words: words(parameter.name) };
        let is_json = parameter.style == Style::Content;
        let (ty, style) = if is_json { (Ty::Text, None) } else { self.query_ty(parameter, &schema, origin)? };
        let mut docs = if parameter.docs.is_empty() { docs(&schema) } else { parameter.docs.to_owned() };
        if is_json {
            docs = format!("JSON: {}", super::docs::first_sentence(&docs));
        }
        Some(Field {
            wire: parameter.name.to_owned(),
            docs,
            guess: guess(&ty, style).filter(|_| parameter.style != Style::DeepObject),
            ty,
            required: parameter.required,
            read_only: false,
            write_only: false,
            deprecated: parameter.deprecated,
            style,
        })
    }

    fn query_ty(
        &mut self,
        parameter: &Parameter<'d>,
        schema: &Schema<'d>,
        origin: Origin,
    ) -> Option<(Ty, Option<&'static str>)> {
        let ty = self.ty(&parameter.schema, origin);
        if let Some(scalar) = self.scalar(&ty) {
            return Some((scalar, None));
        }
        let plain = ty.without_null().0.clone();
        let style = list_style(parameter.style);
        match plain {
            Ty::List(item) => Some(match self.scalar(&item) {
                Some(item) => (Ty::List(Box::new(item)), style),
                // No style writes objects in a list; servers that take them read JSON.
                None => (Ty::List(item), Some("json")),
            }),
            // A scalar or a list: a list of one is written like the scalar.
            Ty::Def(id) if matches!(self.kind_of(id), Some(Kind::Union(_))) => {
                let has_list = schema
                    .unions
                    .iter()
                    .flat_map(|union| &union.variants)
                    .any(|node| node.read(self.document).types.contains(&Type::Array));
                Some((
                    if has_list { Ty::List(Box::new(Ty::Text)) } else { Ty::Text },
                    style.filter(|_| has_list),
                ))
            }
            // Which names would be the map's, if they stood beside all others?
            Ty::Map(item) => {
                let item = self.scalar(&item).unwrap_or(Ty::Text);
                Some((Ty::Map(Box::new(item)), Some("nest")))
            }
            other => {
                let id = self.structure_of(&other)?;
                let spread = self.spreads(id)?;
                Some((spread, Some(if parameter.style == Style::DeepObject { "nest" } else { "flatten" })))
            }
        }
    }

    pub(super) fn kind_of(&self, id: Id) -> Option<&Kind> {
        self.defs.get(id).map(|def| &def.kind)
    }

    /// A copy of a struct that spreads into the query.
    fn spreads(&mut self, id: Id) -> Option<Ty> {
        let def = self.defs.get(id)?.clone();
        let Kind::Struct(found) = &def.kind else { return None };
        let mut fields = found.fields.clone();
        for field in &mut fields {
            let ty = field.ty.without_null().0.clone();
            field.ty = match (self.scalar(&ty), ty) {
                (Some(scalar), _) => scalar,
                (None, Ty::List(item)) => Ty::List(Box::new(self.scalar(&item)?)),
                _ => return None,
            };
        }
        let kind = Kind::Struct(Struct { fields, is_query: true, ..found.clone() });
        let origin = match &def.origin {
            Origin::Named(words) => Origin::Operation {
                operation: usize::MAX,
                words: [words.clone(), vec!["query".to_owned()]].concat(),
            },
            other => other.clone(),
        };
        self.defs.push(Def { kind, origin, ..def });
        Some(Ty::Def(self.defs.len() - 1))
    }

    pub(super) fn body(
        &mut self,
        index: usize,
        operation: &Operation<'d>,
        names: &mut Names,
        arguments: &mut Vec<Argument>,
        keys: &mut Vec<String>,
    ) {
        let Some(body) = operation.body.clone() else { return };
        let Some(content) = chosen(&body) else { return };
        if matches!(operation.method.as_str(), "GET" | "HEAD") {
            keys.push("allow_body".to_owned());
        }
        self.other_contents(operation, &body, &content);
        let media = content.essence();
        let optional = !body.required;
        match media.as_str() {
            _ if is_json(&media) => {
                let ty = self.content_ty(index, content.schema.as_ref());
                if media != "application/json" && !media.contains('*') {
                    keys.push(format!("header(\"Content-Type\" = \"{media}\")"));
                }
                let name = names.take(["body".to_owned()]);
                arguments.push(Argument {
                    attribute: "#[json]".to_owned(),
                    name,
                    ty: ArgTy::Lent(ty),
                    optional,
                    source: Source::Content,
                });
            }
            "application/x-www-form-urlencoded" => {
                let ty = self.content_ty(index, content.schema.as_ref());
                let name = names.take(["form".to_owned()]);
                arguments.push(Argument {
                    attribute: "#[form]".to_owned(),
                    name,
                    ty: ArgTy::Lent(ty),
                    optional: false,
                    source: Source::Content,
                });
            }
            "multipart/form-data" => self.parts(index, content.schema.as_ref(), names, arguments),
            _ => {
                let is_text = media.starts_with("text/") || media.ends_with("xml") || media.ends_with("sdp");
                let attribute = if media.contains('*') {
                    "#[body]".to_owned()
                } else {
                    format!("#[body(content_type = \"{media}\")]")
                };
                let name = names.take([if is_text { "text" } else { "body" }.to_owned()]);
                let ty = if is_text { ArgTy::Lent(Ty::Text) } else { ArgTy::Fixed("File") };
                arguments.push(Argument { attribute, name, ty, optional, source: Source::Content });
            }
        }
    }

    /// Notes the media types that are not imported.
    fn other_contents(&mut self, operation: &Operation<'d>, body: &Body<'d>, taken: &Content<'d>) {
        for other in &body.contents {
            let same = other.pointer == taken.pointer && other.media == taken.media;
            if !(same || is_json(other.media) && is_json(taken.media)) {
                let message =
                    format!("{}: the content may also be {}: not imported", operation.title(), other.media);
                self.note(&other.pointer, message);
            }
        }
    }

    fn content_ty(&mut self, index: usize, node: Option<&Node<'d>>) -> Ty {
        let origin = Origin::Operation { operation: index, words: words("request") };
        let ty = node.map_or(Ty::Any, |node| self.ty(node, origin));
        ty.without_null().0.clone()
    }

    /// One argument for each part.
    fn parts(
        &mut self,
        index: usize,
        node: Option<&Node<'d>>,
        names: &mut Names,
        arguments: &mut Vec<Argument>,
    ) {
        let schema = node.map(|node| node.read(self.document)).unwrap_or_default();
        let parts = all_properties(self, &schema);
        if parts.is_empty() {
            let name = names.take(["file".to_owned()]);
            arguments.push(Argument {
                attribute: "#[part]".to_owned(),
                name,
                ty: ArgTy::Fixed("File"),
                optional: false,
                source: Source::Part("file".to_owned()),
            });
            return;
        }
        for (wire, node, required) in parts {
            let property = node.read(self.document);
            if property.read_only {
                continue;
            }
            let items = property.items.as_ref().map(|items| items.read(self.document));
            let is_file = property.format == "binary";
            let files = items.is_some_and(|items| items.format == "binary");
            let (ty, json) = if is_file {
                (ArgTy::Fixed("File"), false)
            } else if files {
                (ArgTy::Several("File"), false)
            } else {
                let ty = self.ty(&node, Origin::Operation { operation: index, words: words(wire) });
                self.part_ty(&ty)
            };
            let name = names.take([snake(&words(wire))]);
            let options = match (name == wire, json) {
                (true, false) => String::new(),
                (true, true) => "(json)".to_owned(),
                (false, false) => format!("(\"{wire}\")"),
                (false, true) => format!("(\"{wire}\", json)"),
            };
            let optional = !required || property.nullable;
            arguments.push(Argument {
                attribute: format!("#[part{options}]"),
                name,
                ty,
                optional,
                source: Source::Part(wire.to_owned()),
            });
        }
    }

    /// What a part is, and whether it is written as JSON.
    fn part_ty(&mut self, ty: &Ty) -> (ArgTy, bool) {
        match (self.scalar(ty), ty.without_null().0) {
            (Some(Ty::Float), _) => (ArgTy::Lent(Ty::Float), true),
            (Some(scalar @ Ty::Def(_)), _) => (ArgTy::Given(scalar), false),
            (Some(scalar), _) => (ArgTy::Lent(scalar), false),
            (None, Ty::List(item)) if self.scalar(item).is_some() => {
                (ArgTy::Lent(Ty::List(Box::new(Ty::Text))), false)
            }
            (None, other) => (ArgTy::Lent(other.clone()), true),
        }
    }
}

/// The properties of an object, those of its variants included, which are optional then.
pub(super) fn all_properties<'d>(types: &Types<'d>, schema: &Schema<'d>) -> Vec<(&'d str, Node<'d>, bool)> {
    let mut all: Vec<(&'d str, Node<'d>, bool)> = schema
        .properties
        .iter()
        .map(|(name, node)| (*name, node.clone(), schema.required.contains(name)))
        .collect();
    for variant in schema.unions.iter().flat_map(|union| &union.variants) {
        for (name, node) in variant.read(types.document).properties {
            if !all.iter().any(|(other, ..)| *other == name) {
                all.push((name, node, false));
            }
        }
    }
    all
}

/// How a value is written that no style of OpenAPI writes.
fn guess(ty: &Ty, style: Option<&str>) -> Option<&'static str> {
    match (ty, style) {
        (_, Some("json")) => Some("Guess: objects in a list are written as JSON."),
        (Ty::Map(_), Some("nest")) => Some("Guess: the keys stand in brackets behind the name."),
        _ => None,
    }
}

fn query_argument(field: &Field, names: &mut Names) -> Argument {
    let name = names.take([snake(&words(&field.wire))]);
    let list = match field.style {
        Some("json") => Some("json".to_owned()),
        style => {
            style.map(|style| format!("lists = \"{style}\"")).filter(|_| matches!(field.ty, Ty::List(_)))
        }
    };
    let options: Vec<String> =
        (name != field.wire).then(|| format!("\"{}\"", field.wire)).into_iter().chain(list).collect();
    let attribute =
        if options.is_empty() { "#[query]".to_owned() } else { format!("#[query({})]", options.join(", ")) };
    Argument {
        attribute,
        name,
        ty: ArgTy::Lent(field.ty.clone()),
        optional: !field.required,
        source: Source::Query(field.wire.clone()),
    }
}

/// The content that is imported: JSON, then forms, then whatever comes first.
pub(super) fn chosen<'d>(body: &Body<'d>) -> Option<Content<'d>> {
    let rank = |content: &&Content<'d>| match content.essence().as_str() {
        "application/json" => 0,
        media if is_json(media) && media != "*/*" => 1,
        "multipart/form-data" => 2,
        "application/x-www-form-urlencoded" => 3,
        _ => 4,
    };
    body.contents.iter().min_by_key(rank).cloned()
}
