//! What is proven of a person's records, to whom (rules A2.1, A5.9).

use jiff::civil::DateTime;
use serde_json::{Value, json};
use yiwang_casework::{Actor, Context, Decision, Item, Refusal, decision::CertificateOp};
use yiwang_marriage::domain::{
    RecordProof,
    record::{Entry, Known, RecordState, Registered},
    record_proof::State,
    world::{Effect, World},
};

use crate::{
    counter::{MAN, NUMBER, RECORD, man, record, registrar, woman, world},
    surroundings::context,
    table::{Row, all_hold, read, same},
};

const INPUTS: [&str; 6] = ["records", "asked", "letter", "purpose", "name", "frozen"];

#[test]
fn proofs() {
    let rows = read(include_str!("proof.toml"), 15, &INPUTS);
    all_hold(&rows, |row| {
        let found = run(row).map_or_else(|refusal| refusal.code, |decision| said(&decision));
        same("outcome", found, row.text("expected"))
    });
}

/// What is noted is what the paper says.
fn said(decision: &Decision<RecordProof>) -> &'static str {
    let [Effect::Inquire(inquiry)] = decision.effects.as_slice() else {
        panic!("{:?}", decision.effects)
    };
    let none = decision.documents[0].title.starts_with('无');
    assert_eq!(none, inquiry.answer == "no_record");
    inquiry.answer
}

fn form(row: &Row) -> Value {
    let mut form = json!({ "hall": "", "a": man(), "purpose": row.text("purpose") });
    if row.text("asked") != "online" {
        form["hall"] = "421221100-01".into();
    }
    if row.text("name") == "other" {
        form["a"]["name"] = "张大伟".into();
    }
    if row.text("letter") != "none" {
        let numbered = row.text("letter") != "unnumbered";
        form["letter"] = json!({
            "organ": if numbered { row.text("letter") } else { "court" },
            "issuer": "嘉鱼县人民法院", "date": "2025-05-09",
            "number": if numbered { "（2025）鄂1221函3号" } else { "" },
            "legal_basis": "《民事诉讼法》第七十条",
            "name": "张伟", "id_number": man()["id_number"],
        });
        form["a"] = woman();
        form["a"]["name"] = "陈法官".into();
    }
    form
}

fn run(row: &Row) -> Result<Decision<RecordProof>, Refusal> {
    let records = match row.text("records") {
        "none" => Vec::new(),
        state => vec![record(RecordState::from_code(state).unwrap())],
    };
    let subject = Known {
        records,
        frozen: row.flag("frozen").then(|| "two_valid".to_owned()),
        ..Known::default()
    };
    let (keys, people) = match row.text("letter") {
        "none" => (vec![MAN.to_owned()], vec![subject]),
        _ => (
            vec!["key-judge".to_owned(), MAN.to_owned()],
            vec![Known::default(), subject],
        ),
    };
    let entry = |party: Value, name: &str| Entry {
        name: name.to_owned(),
        id_number: party["id_number"].as_str().unwrap().to_owned(),
        household: String::new(),
    };
    let world = World {
        keys,
        people,
        next_number: Some("ZM2025-00000001".to_owned()),
        registered: vec![Registered {
            record: RECORD,
            sides: [entry(man(), "张伟"), entry(woman(), "李娜")],
        }],
        qualified: row.text("asked") != "unqualified",
        ..world(&[])
    };
    let person = match row.text("asked") {
        "online_for_other" => "key-neighbour",
        _ => MAN,
    };
    let actor = match row.text("asked") {
        "counter" | "unqualified" => registrar(),
        _ => Actor::Citizen {
            account: uuid::Uuid::nil(),
            person: Some(person.to_owned()),
        },
    };
    let at: DateTime = "2025-05-12T09:30".parse().unwrap();
    let cx = Context {
        actor: &actor,
        ..context(at)
    };
    let form = serde_json::from_value(form(row)).unwrap();
    RecordProof::submit(&form, &[], &cx, &world)
}

fn row(id: &str) -> Row {
    let mut rows = read(include_str!("proof.toml"), 15, &INPUTS).into_iter();
    rows.find(|row| row.text("id") == id).unwrap()
}

/// The paper says what, as of when, and what it does not say.
#[test]
fn the_paper_states_the_day_and_its_limits() {
    let own = run(&row("P01")).unwrap();
    assert_eq!(own.state, State::Issued);
    let text = &own.documents[0].text;
    for part in [
        "截至2025年5月12日9:30",
        "1条婚姻登记记录",
        NUMBER,
        "对方李娜",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let [CertificateOp::Issue(issued)] = own.certificates.as_slice() else {
        panic!("{:?}", own.certificates)
    };
    assert_eq!(issued.title, "婚姻登记记录证明");
    let none = run(&row("P03")).unwrap();
    let text = &none.documents[0].text;
    assert!(text.contains("没有张伟") && text.contains("不证明其在此之后或者在境外"));
}

/// An organ gets a paper at the counter; nothing is issued to whoever carries the letter.
#[test]
fn an_organ_gets_the_paper_alone() {
    let organ = run(&row("P08")).unwrap();
    assert_eq!(organ.state, State::Ready);
    assert!(organ.certificates.is_empty());
    assert!(organ.documents[0].text.contains("嘉鱼县人民法院"));
    let [Effect::Inquire(inquiry)] = organ.effects.as_slice() else {
        panic!("{:?}", organ.effects)
    };
    assert_eq!(inquiry.person, MAN);
    assert!(inquiry.legal_basis.contains("第七十条"));
}
