//! The browser's form post as JSON, by the schema.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    normalise,
    schema::{Field, Kind, TextStyle},
};

/// Deeper names are ignored: no form of ours nests so far.
const MAX_DEPTH: usize = 10;
/// Suffix of the search text beside a place.
const QUERY: &str = "_q";
/// Suffix of the hidden copy of that text as it was drawn.
const QUERY_AS_DRAWN: &str = "_drawn";

/// A decoded form post: dotted names as a tree.
#[derive(Debug, Default, Clone)]
pub(crate) struct Posted {
    values: Vec<String>,
    children: BTreeMap<String, Posted>,
}

impl Posted {
    /// Builds the tree from decoded pairs.
    pub(crate) fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut root = Self::default();
        for (name, value) in pairs {
            if name.split('.').count() <= MAX_DEPTH {
                let mut node = &mut root;
                for part in name.split('.') {
                    node = node.children.entry(part.to_owned()).or_default();
                }
                node.values.push(value.to_owned());
            }
        }
        root
    }

    /// Forgets the value under a dotted name.
    pub(crate) fn forget(&mut self, name: &str) {
        let mut node = self;
        for part in name.split('.') {
            match node.children.get_mut(part) {
                Some(child) => node = child,
                None => return,
            }
        }
        node.values.clear();
    }

    fn child(&self, key: &str) -> Option<&Self> {
        self.children.get(key)
    }

    fn last(&self) -> &str {
        self.values.last().map_or("", String::as_str)
    }

    /// Entries of a list in the order of their index.
    fn entries(&self) -> Vec<&Self> {
        let mut entries: Vec<(u32, &Self)> = self
            .children
            .iter()
            .filter_map(|(key, node)| Some((key.parse().ok()?, node)))
            .collect();
        entries.sort_by_key(|(index, _)| *index);
        entries.into_iter().map(|(_, node)| node).collect()
    }
}

/// Reads `fields` from a post. Properties left empty are left out; what cannot
/// be converted stays as the text that was typed.
pub(crate) fn read(fields: &[Field], posted: &Posted) -> Map<String, Value> {
    let mut object = Map::new();
    for field in fields {
        if let Some(value) = value_of(field, posted.child(&field.key), posted) {
            object.insert(field.key.clone(), value);
        }
    }
    object
}

fn value_of(field: &Field, node: Option<&Posted>, parent: &Posted) -> Option<Value> {
    match &field.kind {
        Kind::Fixed(value) => return Some(value.clone()),
        Kind::Consent { .. } => {
            return Some(Value::Bool(node.is_some_and(|node| node.last() == "true")));
        }
        Kind::Place { .. } => return place(field, node, parent),
        _ => {}
    }
    let node = node?;
    let typed = node.last();
    match &field.kind {
        Kind::Group(fields) => {
            let group = read(fields, node);
            (field.required || has_content(&group)).then_some(Value::Object(group))
        }
        Kind::List { item, .. } => Some(Value::Array(list(item, node))),
        Kind::Many(options) => {
            let chosen = |wire: &String| options.iter().find(|option| option.wire() == *wire);
            let values = node.values.iter().filter_map(chosen);
            Some(values.map(|option| option.value.clone()).collect())
        }
        _ if typed.trim().is_empty() => None,
        Kind::YesNo => Some(match typed {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            other => other.into(),
        }),
        Kind::Choice { options, .. } => {
            let chosen = options.iter().find(|option| option.wire() == typed);
            Some(chosen.map_or_else(|| typed.into(), |option| option.value.clone()))
        }
        Kind::Yuan { .. } => Some(number_or(normalise::fen(typed).ok(), typed)),
        Kind::Integer { .. } => Some(number_or(normalise::integer(typed), typed)),
        Kind::Number => {
            let number = normalise::narrow(typed).parse::<f64>().ok();
            let number = number.and_then(serde_json::Number::from_f64);
            Some(number.map_or_else(|| normalise::text(typed).into(), Value::Number))
        }
        Kind::Date => Some(
            normalise::date(typed)
                .unwrap_or_else(|| normalise::text(typed))
                .into(),
        ),
        Kind::Text {
            style: TextStyle::Line | TextStyle::Area,
            ..
        } => Some(normalise::text(typed).into()),
        Kind::Text { .. } => Some(normalise::code(typed).into()),
        Kind::Fixed(_)
        | Kind::Consent { .. }
        | Kind::Place { .. }
        | Kind::Files
        | Kind::Brought { .. } => None,
    }
}

fn number_or(number: Option<i64>, typed: &str) -> Value {
    number.map_or_else(|| normalise::text(typed).into(), Value::from)
}

/// A chosen code wins unless a new search text was typed, which is drawn again.
fn place(field: &Field, node: Option<&Posted>, parent: &Posted) -> Option<Value> {
    let beside = |suffix: &str| {
        let node = parent.child(&format!("{}{suffix}", field.key))?;
        Some(normalise::text(node.last())).filter(|text| !text.is_empty())
    };
    let code = node
        .map(|node| normalise::code(node.last()))
        .filter(|code| !code.is_empty());
    let query = beside(QUERY);
    let typed_anew = query.is_some() && query != beside(QUERY_AS_DRAWN);
    if typed_anew { query } else { code.or(query) }.map(Value::String)
}

fn list(item: &Field, node: &Posted) -> Vec<Value> {
    let entry = |entry: &&Posted| match &item.kind {
        Kind::Group(fields) => Value::Object(read(fields, entry)),
        _ => value_of(item, Some(entry), entry).unwrap_or_else(|| Value::String(String::new())),
    };
    node.entries().iter().map(entry).collect()
}

/// Whether anything was filled in; an unticked box is nothing.
fn has_content(group: &Map<String, Value>) -> bool {
    group.values().any(|value| match value {
        Value::Bool(ticked) => *ticked,
        Value::Array(list) => !list.is_empty(),
        Value::Object(inner) => has_content(inner),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::{super::schema::Form, *};
    use serde_json::json;

    fn form() -> Form {
        Form::read(&json!({
            "type": "object",
            "required": ["members", "consent"],
            "properties": {
                "members": {"type": "array", "title": "家庭成员", "items": {
                    "type": "object", "title": "一位成员", "required": ["name"],
                    "properties": {
                        "name": {"type": "string", "title": "姓名"},
                        "income": {"type": "integer", "title": "月收入", "x-widget": "yuan"},
                        "disabled": {"type": "boolean", "title": "持有残疾人证"},
                        "assets": {"type": "array", "items": {"type": "object", "properties": {
                            "value": {"type": "integer", "x-widget": "yuan"}}}}
                    }}},
                "consent": {"type": "boolean", "title": "我同意核对", "x-widget": "checkbox"},
                "home": {"type": "string", "x-widget": "division"},
                "spouse": {"type": "object", "properties": {"name": {"type": "string"}}}
            }
        }))
    }

    fn posted(pairs: &[(&str, &str)]) -> Value {
        Value::Object(read(
            &form().fields,
            &Posted::from_pairs(pairs.iter().copied()),
        ))
    }

    #[test]
    fn nested_lists_are_read_in_the_order_of_their_index() {
        let value = posted(&[
            ("members._", "1"),
            ("members.10.name", "王五"),
            ("members.2.name", "𠮷田<b>' OR 1=1"),
            ("members.2.income", "３００.５"),
            ("members.2.disabled", "true"),
            ("members.2.assets.0.value", "1,200"),
            ("members.10.income", "三百块"),
            ("members.10._", "1"),
            ("consent", "true"),
            ("spouse.name", " "),
            ("unknown", "x"),
        ]);
        assert_eq!(
            value,
            json!({
                "members": [
                    {"name": "𠮷田<b>' OR 1=1", "income": 30050, "disabled": true,
                     "assets": [{"value": 120_000}]},
                    {"name": "王五", "income": "三百块", "disabled": false}
                ],
                "consent": true
            })
        );
    }

    #[test]
    fn an_emptied_list_is_an_empty_list() {
        assert_eq!(
            posted(&[("members._", "1")]),
            json!({"members": [], "consent": false})
        );
    }

    #[test]
    fn a_searched_place_keeps_its_text_until_a_code_is_chosen() {
        assert_eq!(posted(&[("home_q", "竹山"), ("home", "")])["home"], "竹山");
        let chosen = [
            ("home_q", "竹山"),
            ("home_drawn", "竹山"),
            ("home", "420323"),
        ];
        assert_eq!(posted(&chosen)["home"], "420323");
        let changed = [("home_q", "嘉鱼"), ("home_drawn", ""), ("home", "420323")];
        assert_eq!(posted(&changed)["home"], "嘉鱼");
    }

    #[test]
    fn absurdly_deep_names_are_ignored() {
        let deep = vec!["a"; 40].join(".");
        assert_eq!(posted(&[(&deep, "x")]), json!({"consent": false}));
    }
}
