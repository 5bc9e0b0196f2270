//! What is known in a case, in words; officers see personal values masked.

use serde_json::Value;
use yiwang_proto::casework::v1 as pb;

use super::chrome::query;
use crate::portal::form::{
    self, Form,
    steps::{self, StepKind},
};

/// A titled block of facts.
pub(crate) struct SectionView {
    pub(crate) title: String,
    pub(crate) rows: Vec<RowView>,
}

/// A fact, or a heading among them; masked ones can be looked behind with a reason.
pub(crate) struct RowView {
    pub(crate) label: String,
    /// Absent for a heading.
    pub(crate) value: Option<String>,
    pub(crate) inner: bool,
    /// Link to the question for the reason; empty when nothing is masked.
    pub(crate) reveal: String,
    /// Shown in full after a reason was given.
    pub(crate) shown: bool,
    pointer: String,
}

/// For whom facts are drawn.
struct Reader<'a> {
    case: &'a pb::Case,
    shown: Option<(&'a str, &'a str)>,
}

impl Reader<'_> {
    fn row(&self, label: &str, value: &str, pointer: &str) -> RowView {
        let full = self
            .shown
            .filter(|(at, _)| *at == pointer && !pointer.is_empty());
        let masked = !pointer.is_empty() && !self.case.own && full.is_none();
        let page = format!("/cases/{}", self.case.number);
        RowView {
            label: label.to_owned(),
            value: Some(full.map_or(value, |(_, value)| value).to_owned()),
            inner: false,
            reveal: match masked {
                true => format!("{}#reveal", query(&page, &[("reveal", pointer)])),
                false => String::new(),
            },
            shown: full.is_some(),
            pointer: pointer.to_owned(),
        }
    }

    fn line(&self, line: form::Line) -> RowView {
        match line.value {
            Some(value) => {
                let pointer = line.masked.map(|at| format!("/form{at}"));
                RowView {
                    inner: line.level > 0,
                    ..self.row(&line.label, &value, &pointer.unwrap_or_default())
                }
            }
            None => RowView {
                value: None,
                ..self.row(&line.label, "", "")
            },
        }
    }
}

impl SectionView {
    /// Whether a fact in it has this word.
    pub(crate) fn says(&self, word: &str) -> bool {
        let mut values = self.rows.iter().filter_map(|row| row.value.as_deref());
        values.any(|value| value.contains(word))
    }

    /// What officers and departments added; `shown` is a pointer with its value in full.
    pub(crate) fn added(case: &pb::Case, shown: Option<(&str, &str)>) -> Vec<Self> {
        let reader = Reader { case, shown };
        let row = |row: &pb::Row| reader.row(&row.label, &row.value, &row.reveal);
        let section = |section: &pb::Section| Self {
            title: section.title.clone(),
            rows: section.rows.iter().map(row).collect(),
        };
        case.sections.iter().map(section).collect()
    }

    /// What the applicant filled in, step by step.
    pub(crate) fn filled(
        case: &pb::Case,
        item: Option<&pb::Item>,
        shown: Option<(&str, &str)>,
    ) -> Vec<Self> {
        Self::filled_besides(&[], case, item, shown)
    }

    /// The same without these top-level properties.
    pub(crate) fn filled_besides(
        keys: &[&str],
        case: &pb::Case,
        item: Option<&pb::Item>,
        shown: Option<(&str, &str)>,
    ) -> Vec<Self> {
        let (Some(item), Ok(Value::Object(value))) = (item, serde_json::from_str(&case.form))
        else {
            return vec![];
        };
        let reader = Reader { case, shown };
        let mut form = Form::parse(&item.form_schema);
        form.fields
            .retain(|field| !keys.contains(&field.key.as_str()));
        let steps = steps::steps(&form, false);
        let section = |step: &steps::Step| {
            let StepKind::Fields(fields) = &step.kind else {
                return None;
            };
            let lines = form::summarise(fields, &value);
            let rows: Vec<_> = lines.into_iter().map(|line| reader.line(line)).collect();
            (!rows.is_empty()).then(|| Self {
                title: step.title.clone(),
                rows,
            })
        };
        steps.iter().filter_map(section).collect()
    }

    /// One top-level group of what was filled in, without its heading.
    pub(crate) fn group(
        case: &pb::Case,
        item: Option<&pb::Item>,
        key: &str,
        shown: Option<(&str, &str)>,
    ) -> Option<Self> {
        let form = Form::parse(&item?.form_schema);
        let field = form.fields.into_iter().find(|field| field.key == key)?;
        let Ok(Value::Object(value)) = serde_json::from_str(&case.form) else {
            return None;
        };
        let reader = Reader { case, shown };
        let title = field.title.clone();
        let lines = form::summarise(&[field], &value).into_iter().skip(1);
        let rows = lines.map(|line| RowView {
            inner: false,
            ..reader.line(line)
        });
        let rows: Vec<_> = rows.collect();
        (!rows.is_empty()).then_some(Self { title, rows })
    }

    /// The same block on another page of the case, where its masks are looked behind.
    pub(crate) fn on(mut self, page: &str) -> Self {
        for row in &mut self.rows {
            if let Some((_, query)) = row.reveal.split_once('?') {
                row.reveal = format!("{page}?{query}");
            }
        }
        self
    }

    /// The label of the fact behind a pointer.
    pub(crate) fn label<'a>(
        mut sections: impl Iterator<Item = &'a Self>,
        pointer: &str,
    ) -> Option<String> {
        sections.find_map(|section| {
            let row = section.rows.iter().find(|row| row.pointer == pointer)?;
            Some(row.label.clone())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn officers_get_a_way_behind_each_mask_and_applicants_need_none() {
        let schema = json!({"properties": {"members": {"type": "array", "title": "家庭成员",
            "items": {"properties": {"name": {"type": "string", "title": "姓名", "x-mask": "name"},
                "income": {"type": "integer", "title": "收入", "x-widget": "yuan"}}}}}});
        let item = pb::Item {
            form_schema: schema.to_string(),
            ..Default::default()
        };
        let form = json!({"members": [{"name": "王*", "income": 30000}]}).to_string();
        let case = pb::Case {
            number: "N".into(),
            form,
            ..Default::default()
        };
        let rows = &SectionView::filled(&case, Some(&item), None)[0].rows;
        assert_eq!(rows[0].value, None, "a heading for each member");
        assert_eq!(
            rows[1].reveal,
            "/cases/N?reveal=%2Fform%2Fmembers%2F0%2Fname#reveal"
        );
        assert!(rows[2].reveal.is_empty());
        let shown = Some(("/form/members/0/name", "王秀兰"));
        let rows = &SectionView::filled(&case, Some(&item), shown)[0].rows;
        assert_eq!(rows[1].value.as_deref(), Some("王秀兰"));
        assert!(rows[1].shown && rows[1].reveal.is_empty());
        let own = pb::Case { own: true, ..case };
        assert!(
            SectionView::filled(&own, Some(&item), None)[0].rows[1]
                .reveal
                .is_empty()
        );
    }
}
