//! A phone an hour without a line: five visits, of which two answers were lost; two phones that wrote
//! differently; nobody sends a visit to another village's child.

use serde_json::json;
use uuid::Uuid;
use yiwang_casework::testing::{as_caller, unwrap};
use yiwang_chassis::identity::Caller;
use yiwang_proto::{
    casework::v1 as casework,
    child::v1::{self as pb, welfare_server::Welfare as _},
};

use super::desk::Desk;

fn fields(said: &str) -> pb::VisitFields {
    let fine = || "fine".to_owned();
    pb::VisitFields {
        place: "home".into(),
        persons: "儿童、祖母".into(),
        seen_alone: "yes".into(),
        living: "guardian".into(),
        guardianship: fine(),
        life: fine(),
        schooling: fine(),
        health: fine(),
        mind: fine(),
        safety: fine(),
        findings: "家里整洁".into(),
        said: said.into(),
        result: "normal".into(),
        help: String::new(),
    }
}

fn row(id: Uuid, case: &str, count: i64, base: i64, fields: pb::VisitFields) -> pb::VisitEdit {
    pb::VisitEdit {
        id: id.to_string(),
        case_number: case.to_owned(),
        count,
        base,
        made_at: "2026-05-12T09:30".into(),
        fields: Some(fields),
        photos: vec![],
    }
}

/// A photograph as the gateway vouches for it.
fn photo(content: &str) -> casework::MaterialRef {
    casework::MaterialRef {
        file_id: Uuid::now_v7().to_string(),
        file_name: "走访照片1.jpg".into(),
        media_type: "image/jpeg".into(),
        size: 1_000,
        sha256: content.repeat(32),
        ..casework::MaterialRef::default()
    }
}

async fn sync(
    desk: &Desk,
    caller: &Caller,
    device: Uuid,
    rows: Vec<pb::VisitEdit>,
) -> Vec<pb::VisitRow> {
    let request = pb::SyncVisitsRequest {
        device: device.to_string(),
        rows,
    };
    let answer = desk.welfare.sync_visits(as_caller(caller, request)).await;
    unwrap(answer).unwrap().rows
}

fn results(rows: &[pb::VisitRow]) -> Vec<&str> {
    rows.iter().map(|row| row.result.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn five_visits_of_which_two_answers_were_lost() {
    let desk = Desk::new().await;
    let mut files = Vec::new();
    for order in 1..=5 {
        files.push(desk.registered("20160512", order).await);
    }
    desk.world.go_to("2026-05-12T10:30:00").await;
    let device = Uuid::now_v7();
    let rows: Vec<_> = files
        .iter()
        .map(|file| row(Uuid::now_v7(), file, 1, 0, fields("想爸爸")))
        .collect();
    // Two arrive, and their answer does not.
    let lost = sync(&desk, &desk.worker, device, rows[..2].to_vec()).await;
    assert_eq!(results(&lost), ["stored", "stored"]);
    // The phone sends all five, and all five once more.
    let first = sync(&desk, &desk.worker, device, rows.clone()).await;
    assert_eq!(first.len(), 5);
    let again = sync(&desk, &desk.worker, device, rows.clone()).await;
    assert!(
        again
            .iter()
            .all(|row| row.version == 1 && row.next_due_on == "2026-06-12")
    );
    assert_eq!(desk.count("select count(*) from child.visit").await, 5);
    let history = "select count(*) from casework.history where action = 'sync_visit'";
    assert_eq!(desk.count(history).await, 5);
    // When it was made, not when it arrived.
    let made = "select count(*) from child.visit where made_at = '2026-05-12T01:30:00Z'";
    assert_eq!(desk.count(made).await, 5);
    let day = desk.day(&desk.worker).await;
    assert!(day.visits.is_empty() && day.children == 5);
    // What is wrong stays on the phone, the others do not wait for it.
    let mut wrong = fields("想爸爸");
    wrong.safety = "bad".into();
    let rows = vec![
        row(Uuid::now_v7(), &files[0], 1, 0, wrong),
        row(Uuid::now_v7(), &files[1], 1, 0, fields("学习好")),
    ];
    let answer = sync(&desk, &desk.worker, device, rows).await;
    assert_eq!(results(&answer), ["refused", "stored"]);
    assert_eq!(answer[0].problems[0].field, "/result");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_phones_wrote_differently_and_both_values_are_shown() {
    let desk = Desk::new().await;
    let file = desk.served("20160512", 1).await;
    desk.world.go_to("2026-05-12T10:30:00").await;
    let (first, second, id) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
    let sent = vec![row(id, &file, 1, 0, fields("想爸爸"))];
    sync(&desk, &desk.worker, first, sent).await;
    let change = |said: &str, findings: &str| pb::VisitFields {
        said: said.into(),
        findings: findings.into(),
        ..pb::VisitFields::default()
    };
    let mine = vec![row(id, &file, 2, 1, change("想妈妈", ""))];
    assert_eq!(
        results(&sync(&desk, &desk.worker, first, mine).await),
        ["stored"]
    );
    let other = vec![row(id, &file, 1, 1, change("想回家", "屋顶漏雨"))];
    let answer = sync(&desk, &desk.supervisor, second, other).await;
    assert_eq!(results(&answer), ["conflict"]);
    let clash = &answer[0].clashes[0];
    assert_eq!(
        (clash.stored.as_str(), clash.sent.as_str()),
        ("想妈妈", "想回家")
    );
    let list = pb::ListVisitsRequest {
        case_number: file.clone(),
    };
    let list = desk
        .welfare
        .list_visits(as_caller(&desk.worker, list))
        .await;
    let visits = unwrap(list).unwrap().visits;
    assert_eq!(visits[0].fields.as_ref().unwrap().findings, "屋顶漏雨");
    assert_eq!(visits[0].clashes.len(), 1);
    let choose = json!({ "visit": id.to_string(), "sent": ["said"] });
    desk.act(&desk.supervisor, &file, "settle_visit", choose)
        .await
        .unwrap();
    let list = pb::ListVisitsRequest { case_number: file };
    let list = desk
        .welfare
        .list_visits(as_caller(&desk.worker, list))
        .await;
    let visits = unwrap(list).unwrap().visits;
    assert_eq!(visits[0].fields.as_ref().unwrap().said, "想回家");
    assert!(visits[0].clashes.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_officer_never_reaches_the_children_of_another() {
    let desk = Desk::new().await;
    let file = desk.registered("20160512", 1).await;
    desk.world.go_to("2026-05-12T10:30:00").await;
    let device = Uuid::now_v7();
    let theirs = vec![row(Uuid::now_v7(), &file, 1, 0, fields("想爸爸"))];
    let answer = sync(&desk, &desk.neighbour, device, theirs).await;
    assert_eq!(
        (answer[0].result.as_str(), answer[0].code.as_str()),
        ("refused", "CASE_NOT_FOUND")
    );
    let none = vec![row(Uuid::now_v7(), "KJ0", 1, 0, fields("想爸爸"))];
    let missing = sync(&desk, &desk.neighbour, device, none).await;
    assert_eq!(answer[0].message, missing[0].message);
    let list = pb::ListVisitsRequest { case_number: file };
    let list = desk
        .welfare
        .list_visits(as_caller(&desk.neighbour, list))
        .await;
    assert_eq!(unwrap(list).unwrap_err().reason, "CASE_NOT_FOUND");
    // Nor with a clock that runs ahead.
    let own = desk.registered("20170512", 2).await;
    let mut ahead = row(Uuid::now_v7(), &own, 1, 0, fields("想爸爸"));
    ahead.made_at = "2026-05-12T15:00".into();
    let answer = sync(&desk, &desk.worker, device, vec![ahead]).await;
    assert_eq!(answer[0].code, "NOT_A_TIME");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photograph_is_in_the_file_once_and_opens_for_who_stands() {
    let desk = Desk::new().await;
    let file = desk.served("20160512", 1).await;
    desk.world.go_to("2026-05-12T10:30:00").await;
    let (device, id) = (Uuid::now_v7(), Uuid::now_v7());
    let kept = photo("a1");
    let mut sent = row(id, &file, 1, 0, fields("想爸爸"));
    sent.photos = vec![kept.clone()];
    // The answer is lost; the phone sends the same row.
    for result in ["stored", "stored"] {
        let answer = sync(&desk, &desk.worker, device, vec![sent.clone()]).await;
        assert_eq!(results(&answer), [result]);
    }
    // Changed since, with another photograph; the first came under another number.
    let mut changed = row(id, &file, 2, 1, fields("想妈妈"));
    let other = photo("b2");
    changed.photos = vec![photo("a1"), other.clone()];
    sync(&desk, &desk.worker, device, vec![changed]).await;
    let request = pb::ListVisitsRequest {
        case_number: file.clone(),
    };
    let visits = desk
        .welfare
        .list_visits(as_caller(&desk.supervisor, request));
    let visits = unwrap(visits.await).unwrap().visits;
    assert_eq!(visits[0].photo_files, [kept.file_id, other.file_id]);
    // What the case names, whoever may see the case may fetch.
    let case = desk.world.get_as(&desk.supervisor, &file).await.unwrap();
    for photo in &visits[0].photo_files {
        let mut named = case.act_files.iter().filter_map(|one| one.file.as_ref());
        assert!(named.any(|named| named.file_id == *photo));
    }
    let stranger = desk.world.get_as(&desk.neighbour, &file).await;
    assert_eq!(stranger.unwrap_err().reason, "CASE_NOT_FOUND");
}
