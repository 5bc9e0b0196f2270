//! What the proof says: derived from the register, never typed.

use jiff::Timestamp;
use yiwang_casework::{IssueCertificate, IssueDocument};

use super::form::Form;
use crate::domain::{
    desk::{beijing, paper},
    record::{Record, Registered},
    world::World,
};

/// Stable kind of the electronic certificate.
const KIND: &str = "record_proof";

/// Everything a proof is written from.
#[derive(Clone, Copy)]
pub(super) struct Basis<'a> {
    pub(super) form: &'a Form,
    pub(super) world: &'a World,
    pub(super) person: &'a str,
    pub(super) records: &'a [Record],
    pub(super) number: &'a str,
    pub(super) issuer: &'a str,
    pub(super) at: Timestamp,
}

/// Its name.
pub(super) fn title(records: &[Record]) -> &'static str {
    match records {
        [] => "无婚姻登记记录证明",
        _ => "婚姻登记记录证明",
    }
}

impl Basis<'_> {
    /// The paper.
    pub(super) fn document(&self) -> IssueDocument {
        let (name, id) = self.form.subject();
        let head = format!("{}（编号{}）", title(self.records), self.number);
        let at = self.instant();
        let found = match self.records {
            [] => format!(
                "经查询全国婚姻登记信息，截至{at}，没有{name}（身份证件号{id}）的婚姻登记记录。"
            ),
            records => format!(
                "经查询全国婚姻登记信息，截至{at}，{name}（身份证件号{id}）有以下{}条婚姻登记记录：",
                records.len()
            ),
        };
        let lines: Vec<String> = (1..)
            .zip(self.records)
            .map(|(nth, record)| format!("{nth}．{}", self.line(record)))
            .collect();
        let purpose = format!(
            "用途：{}。",
            self.form.purpose.trim().trim_end_matches('。')
        );
        let letter = self
            .form
            .letter
            .as_ref()
            .map_or_else(String::new, |letter| {
                format!(
                    "本证明应{}（{}，{}）查询出具，经办人{}。",
                    letter.issuer.trim(),
                    letter.number.trim(),
                    paper::day(letter.date),
                    self.form.a.name.trim()
                )
            });
        let end = format!("{}，{}", self.issuer, paper::day(beijing(self.at).date()));
        let mut paragraphs = vec![head.as_str(), found.as_str()];
        paragraphs.extend(lines.iter().map(String::as_str));
        let limits = self.limits();
        paragraphs.extend([purpose.as_str(), &letter, limits, &end]);
        paper::document(KIND, title(self.records), &paragraphs)
    }

    /// What the proof does not say.
    fn limits(&self) -> &'static str {
        match self.records {
            [] => {
                "本证明只说明截至上述时间全国婚姻登记信息中没有其婚姻登记记录，不证明其在此之后或者在境外的婚姻情况，也不包括尚未补录的历史档案。"
            }
            _ => {
                "本证明只反映截至上述时间全国婚姻登记信息中的记录，不证明其在此之后或者在境外的婚姻情况。"
            }
        }
    }

    /// The electronic copy for the person themselves.
    pub(super) fn certificate(&self) -> IssueCertificate {
        let row = |label: &str, value: String| (label.to_owned(), value);
        let (name, id) = self.form.subject();
        let mut rows = vec![
            row("编号", self.number.to_owned()),
            row("姓名", name.to_owned()),
            row("身份证件号", id),
            row("查询时间", self.instant()),
        ];
        match self.records {
            [] => rows.push(row("查询结果", "没有婚姻登记记录".to_owned())),
            records => {
                let lines = (1..).zip(records);
                rows.extend(lines.map(|(nth, it)| (format!("记录{nth}"), self.line(it))));
            }
        }
        rows.push(row("用途", self.form.purpose.trim().to_owned()));
        rows.push(row("说明", self.limits().to_owned()));
        IssueCertificate {
            kind: KIND,
            title: title(self.records),
            number: self.number.to_owned(),
            issuer: self.issuer.to_owned(),
            holders: vec![0],
            rows,
            issued_on: beijing(self.at).date(),
        }
    }

    /// One record: with whom, since when, until when.
    fn line(&self, record: &Record) -> String {
        let registered = self.world.on(record.id);
        let with = registered.map_or_else(String::new, |it| other(it, record, self.person));
        let ended = match record.ended_on {
            Some(on) => format!("，{}，{}", record.state.label(), paper::day(on)),
            None => format!("，{}", record.state.label()),
        };
        format!(
            "{}办理婚姻登记，证字号{}{with}{ended}",
            paper::day(record.registered_on),
            record.number
        )
    }

    fn instant(&self) -> String {
        let at = beijing(self.at);
        format!("{}{}", paper::day(at.date()), paper::clock(at.time()))
    }
}

/// The other one, by name alone.
fn other(registered: &Registered, record: &Record, person: &str) -> String {
    let mut both = registered.sides.iter().zip(&record.spouses);
    let other = both.find(|(_, key)| key.as_str() != person);
    other.map_or_else(String::new, |(entry, _)| format!("，对方{}", entry.name))
}
