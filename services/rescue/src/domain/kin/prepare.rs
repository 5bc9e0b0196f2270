//! What the comparison needs of a report and of clues, read out of the free text once.

use crate::domain::kin::{
    clues::Clues,
    day::{self, Day, Span},
    mark::{self, Mark},
    name::{Name, SaidName},
    person::{
        birth,
        condition::{self, Condition},
        face::{self, Face},
        idnumber,
        speech::{self, Region},
    },
    place::{
        self, Code, Shared, address,
        gazetteer::GAZETTEER,
        said::{self, SaidPlace},
        words::Word,
    },
    report::{Report, Sex, Source},
    text::chars::tidy,
};

/// A relative, the name read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kin {
    /// Relation.
    pub rel: String,
    /// Name or a part of it.
    pub name: Name,
}

/// Features of a report.
#[derive(Debug, Clone)]
pub struct ReportFeatures {
    /// Source.
    pub source: Source,
    /// Full name.
    pub name: Option<Name>,
    /// Other names, tidied.
    pub aka: Vec<String>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Birth.
    pub birth: Option<Span>,
    /// Citizen number as far as known, and whether it was written down.
    pub id: Option<(idnumber::Pattern, bool)>,
    /// Home; 0 is unknown.
    pub home: Code,
    /// Other counties that may be told as home: the registered one, and the one of the citizen number for who moved.
    pub other_homes: Vec<Code>,
    /// Township and village.
    pub words: Vec<Word>,
    /// Height.
    pub height: Option<i32>,
    /// Loss, widened when rounded.
    pub lost: Option<Span>,
    /// Place of loss; 0 is unknown.
    pub lost_at: Code,
    /// Day of the report.
    pub reported: Option<Day>,
    /// Marks without clothes.
    pub marks: Vec<Mark>,
    /// Condition.
    pub condition: Option<Condition>,
    /// Dialect.
    pub dialect: Option<Region>,
    /// Relatives.
    pub kin: Vec<Kin>,
    /// Face.
    pub face: Option<Face>,
}

/// Features of a stranded person's clues.
#[derive(Debug, Clone)]
pub struct CluesFeatures {
    /// Told name.
    pub name: Option<SaidName>,
    /// Told home.
    pub place: Option<SaidPlace>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Age and whether the person told it.
    pub age: Option<(i32, bool)>,
    /// Animal sign.
    pub animal: Option<u8>,
    /// Height.
    pub height: Option<i32>,
    /// Day found.
    pub found: Option<Day>,
    /// Place found; 0 is unknown.
    pub found_at: Code,
    /// Marks without clothes.
    pub marks: Vec<Mark>,
    /// Condition.
    pub condition: Option<Condition>,
    /// Accent.
    pub accent: Option<Region>,
    /// Relatives.
    pub kin: Vec<Kin>,
    /// Piece of the citizen number.
    pub id_fragment: Option<String>,
    /// Face.
    pub face: Option<Face>,
}

/// Reads a report.
pub fn report(r: &Report) -> ReportFeatures {
    let native = r.native_place.as_deref().and_then(current);
    let address = r
        .address
        .as_deref()
        .map(|a| address::read(a, native))
        .unwrap_or_default();
    let (home, registered) = homes(address.code, native);
    let first = r
        .id_number
        .as_deref()
        .and_then(current)
        .filter(|c| place::level(*c) >= Shared::Prefecture);
    let mut other_homes: Vec<Code> = [Some(registered).filter(|c| *c != 0), first]
        .into_iter()
        .flatten()
        .collect();
    other_homes.dedup();
    other_homes.retain(|c| place::shared(*c, home) < place::level(*c));
    let birth = birth::of(r);
    ReportFeatures {
        source: r.source,
        name: r
            .name
            .as_deref()
            .map(Name::read)
            .filter(|n| !n.chars.is_empty()),
        aka: r.aka.iter().map(|a| tidy(a)).collect(),
        sex: r.sex,
        birth,
        id: idnumber::pattern(r, birth),
        home,
        other_homes,
        words: address.words,
        height: height(r.height_cm),
        lost: r.last_seen_date.as_deref().and_then(day::rounded_span),
        lost_at: r.last_seen_place.as_deref().and_then(current).unwrap_or(0),
        reported: r
            .report_date
            .as_deref()
            .and_then(day::span)
            .map(|s| s.first),
        marks: r.body_marks.as_deref().map(mark::read).unwrap_or_default(),
        condition: r.condition.as_deref().map(condition::read),
        dialect: r.dialect.as_deref().and_then(speech::read),
        kin: kin(&r.relatives),
        face: r.face.as_deref().and_then(face::read),
    }
}

/// Reads clues.
pub fn clues(c: &Clues) -> CluesFeatures {
    CluesFeatures {
        name: c.said_name.as_deref().and_then(SaidName::read),
        place: c.said_place.as_deref().map(said::read),
        sex: c.sex,
        age: c
            .age
            .filter(|a| (0..130).contains(a))
            .map(|a| (a, c.age_basis.as_deref() != Some("目测"))),
        animal: c.zodiac.as_deref().and_then(birth::animal),
        height: height(c.height_cm),
        found: c.found_date.as_deref().and_then(day::span).map(|s| s.first),
        found_at: c.found_place.as_deref().and_then(current).unwrap_or(0),
        marks: c.body_marks.as_deref().map(mark::read).unwrap_or_default(),
        condition: c.condition.as_deref().map(condition::read),
        accent: c.accent.as_deref().and_then(speech::read),
        kin: kin(&c.relatives),
        id_fragment: c.id_fragment.clone(),
        face: c.face.as_deref().and_then(face::read),
    }
}

fn current(text: &str) -> Option<Code> {
    place::code(text).map(|c| GAZETTEER.current(c))
}

/// The deeper of both when one holds the other; the address first when they differ.
fn homes(address: Code, native: Option<Code>) -> (Code, Code) {
    let native = native.unwrap_or(0);
    let nested = place::shared(address, native) == place::level(address).min(place::level(native));
    match (address, native) {
        (0, n) => (n, 0),
        (a, 0) => (a, 0),
        (a, n) if nested => (
            if place::level(n) > place::level(a) {
                n
            } else {
                a
            },
            0,
        ),
        (a, n) if place::level(a) == Shared::County => (a, n),
        (a, n) => (n, a),
    }
}

fn height(cm: Option<i32>) -> Option<i32> {
    cm.filter(|h| (40..=230).contains(h))
}

fn kin(relatives: &[crate::domain::kin::report::Relative]) -> Vec<Kin> {
    let read = relatives.iter().map(|r| Kin {
        rel: relation(&r.rel),
        name: Name::read(&r.name),
    });
    read.filter(|k| !k.name.chars.is_empty()).collect()
}

/// One word for each relation.
fn relation(rel: &str) -> String {
    const SAME: [(&str, &[&str]); 8] = [
        ("父亲", &["爸爸", "爸", "爹", "父"]),
        ("母亲", &["妈妈", "妈", "娘", "母"]),
        ("妻子", &["老婆", "媳妇", "爱人", "妻"]),
        ("丈夫", &["老公", "男人", "夫"]),
        ("儿子", &["大儿子", "小儿子", "儿"]),
        ("女儿", &["闺女", "姑娘", "女"]),
        ("哥哥", &["大哥", "二哥", "哥"]),
        ("姐姐", &["大姐", "二姐", "姐"]),
    ];
    let rel = rel.trim();
    SAME.iter()
        .find(|(_, words)| words.contains(&rel))
        .map_or(rel, |(one, _)| one)
        .to_owned()
}
