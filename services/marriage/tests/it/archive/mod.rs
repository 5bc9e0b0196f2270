//! Historical data entry, end to end: two entries, planted errors, deaths of the worker.

mod desk;
mod files;
mod people;
mod rights;

use std::collections::BTreeSet;

use desk::{Desk, Row, csv, first, marriage, third, with, xlsx};

use crate::stage::id_number;

/// Rows of the large file.
const ROWS: u32 = 2000;

/// Both entries of a file with an error in every hundredth row, and what is to be found.
struct Planted {
    one: Vec<Row>,
    other: Vec<Row>,
    /// Row, field, code.
    problems: BTreeSet<(i64, String, String)>,
    /// Row and what is decided.
    decisions: Vec<(i64, &'static str)>,
    /// Named when they are published.
    clashes: BTreeSet<(i64, String, String)>,
}

fn planted() -> Planted {
    let mut planted = Planted {
        one: vec![],
        other: vec![],
        problems: BTreeSet::new(),
        decisions: vec![],
        clashes: BTreeSet::new(),
    };
    for serial in 0..ROWS {
        let (man, woman) = (2 * serial + 1, 2 * serial + 2);
        let row = i64::from(serial) + 2;
        let good = marriage(man, woman, "2015-05-20");
        let problem = |field: &str, code: &str| (row, field.to_owned(), code.to_owned());
        let mut both = |one: Row, other: Row, found: Option<(&str, &str)>, choice| {
            planted.one.push(one);
            planted.other.push(other);
            if let Some((field, code)) = found {
                planted.problems.insert(problem(field, code));
                planted.decisions.push((row, choice));
            }
        };
        match (serial % 100, serial / 100 % 5) {
            (50, 0) => {
                let id = id_number(man);
                let last = if id.ends_with('1') { "2" } else { "1" };
                let wrong = with(good, &[("男方证件号", &format!("{}{last}", &id[..17]))]);
                let found = Some(("男方证件号", "ID_CHECK_DIGIT"));
                both(wrong.clone(), wrong, found, "first");
            }
            (50, 1) => {
                let wrong = with(good, &[("登记日期", "2015-02-30")]);
                both(wrong.clone(), wrong, Some(("登记日期", "DATE")), "drop");
            }
            (50, 2) => {
                let wrong = with(good, &[("女方姓名", "")]);
                both(wrong.clone(), wrong, Some(("女方姓名", "REQUIRED")), "drop");
            }
            (50, 3) => {
                let wrong = with(good.clone(), &[("男方姓名", "张建围")]);
                both(wrong, good, Some(("男方姓名", "DIFFERS")), "second");
            }
            (50, _) => {
                // The man of the row before marries again.
                let second = marriage(man - 2, woman, "2016-01-01");
                both(second.clone(), second, None, "");
                planted
                    .clashes
                    .insert((row, "男方证件号".into(), "TWO_VALID".into()));
            }
            // Typed otherwise, meant the same.
            (7, _) => {
                let other = with(
                    good.clone(),
                    &[("登记日期", "2015年5月20日"), ("男方姓名", "张 建国")],
                );
                both(good, other, None, "");
            }
            _ => both(good.clone(), good, None, ""),
        }
    }
    planted
}

/// From two files to records; everything that can be seen at the end.
async fn life(desk: &mut Desk) -> Vec<String> {
    let planted = planted();
    let batch = desk
        .compared(&csv(&planted.one), &xlsx(&planted.other))
        .await;
    let ready = desk.get(&batch).await;
    let rows = i64::from(ROWS);
    assert_eq!(
        (ready.rows, ready.rows_second, ready.compared),
        (rows, rows, rows)
    );
    assert_eq!(
        ready.problems,
        i64::try_from(planted.problems.len()).unwrap()
    );
    let found = desk.problems(&batch).await;
    let named: BTreeSet<_> = found
        .iter()
        .map(|(row, field, code, _)| (*row, field.clone(), code.clone()))
        .collect();
    assert_eq!(named, planted.problems);

    assert_eq!(desk.publish(&batch).await.unwrap_err().reason, "UNDECIDED");
    for (row, choice) in &planted.decisions {
        desk.decide(&third(), &batch, *row, choice).await.unwrap();
    }
    assert_eq!(desk.get(&batch).await.problems, 0);
    desk.publish(&batch).await.unwrap();
    desk.until(&batch, "published").await;

    let dropped = planted
        .decisions
        .iter()
        .filter(|(_, choice)| *choice == "drop");
    let published = rows - i64::try_from(dropped.count()).unwrap();
    assert_eq!(desk.get(&batch).await.published, published);
    let named: BTreeSet<_> = desk
        .problems(&batch)
        .await
        .into_iter()
        .filter(|(.., decided)| *decided)
        .map(|(row, field, code, _)| (row, field, code))
        .collect();
    assert_eq!(
        named,
        planted.problems.union(&planted.clashes).cloned().collect()
    );
    let records = desk.records().await;
    assert_eq!(i64::try_from(records.len()).unwrap(), published);
    let of_rows = "select concat_ws(' ', row, number) from marriage.batch_published
                     join marriage.record on id = record order by row";
    let frozen = "select concat_ws(' ', count(*), frozen) from marriage.person
                   where frozen is not null group by frozen";
    let open = "select concat_ws(' ', kind, cardinality(records)) from marriage.conflict
                 order by person_key";
    let left = "select count(*)::text from marriage.batch_chunk";
    let mut seen = records;
    for sql in [of_rows, frozen, open, left] {
        seen.extend(desk.world.texts(sql).await);
    }
    let clashes = planted.clashes.len();
    assert!(seen.contains(&format!("{clashes} two_valid")), "{seen:?}");
    assert_eq!(
        seen.iter().filter(|line| *line == "two_valid 2").count(),
        clashes
    );
    assert_eq!(
        seen.last().map(String::as_str),
        Some("0"),
        "no file is left"
    );
    seen
}

#[tokio::test(flavor = "multi_thread")]
async fn every_planted_error_is_named_and_no_row_is_lost_however_often_it_dies() {
    let mut steady = Desk::new().await;
    let expected = life(&mut steady).await;
    let mut killed = Desk::new().await;
    killed.killing = true;
    let found = life(&mut killed).await;
    assert!(killed.kills > 20, "only {} kills", killed.kills);
    assert_eq!(found, expected);
}

#[tokio::test]
async fn publishing_twice_publishes_nothing_twice() {
    let mut desk = Desk::new().await;
    let rows = [marriage(1, 2, "2015-05-20"), marriage(3, 4, "2015-05-20")];
    let file = csv(&rows);
    let batch = desk.compared(&file, &file).await;
    let first_answer = desk.publish_as("once", &batch).await.unwrap();
    assert_eq!(desk.publish_as("once", &batch).await.unwrap(), first_answer);
    assert_eq!(
        desk.publish(&batch).await.unwrap_err().reason,
        "WRONG_STATE"
    );
    desk.until(&batch, "published").await;
    assert_eq!(
        desk.publish(&batch).await.unwrap_err().reason,
        "WRONG_STATE"
    );
    let records = desk.records().await;
    assert_eq!(records.len(), 2);

    // Even a batch that has forgotten how far it was.
    let forget = "update marriage.batch set state = 'publishing', marriages_to = 0";
    sqlx::query(forget)
        .execute(&desk.world.db.pool)
        .await
        .unwrap();
    desk.step(&batch).await.unwrap_err();
    assert_eq!(desk.records().await, records);
    let audited = desk
        .world
        .text("select string_agg(action, ' ' order by id) from chassis.audit_entry where object like 'archive/%'")
        .await;
    assert!(audited.contains("archive.batch.publish"), "{audited}");
    assert!(desk.get(&batch).await.created_by == first().name);
}
