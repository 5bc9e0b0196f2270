//! What rows do to people: conflicts, divorces, deaths.

use super::desk::{Desk, csv, divorce, marriage, third, with};
use crate::{
    couples::Couple,
    stage::id_number,
    world::{World, ZHUSHAN},
};

async fn frozen(world: &World, id: &str) -> String {
    sqlx::query_scalar("select coalesce(frozen, '') from marriage.person where person_key = $1")
        .bind(world.key(id))
        .fetch_one(&world.db.pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn two_valid_marriages_are_kept_and_the_person_is_frozen() {
    let mut desk = Desk::new().await;
    desk.world.wed(ZHUSHAN, Couple(1, 2)).await;
    let before = desk.records().await;
    // 1 is married in a hall; 3 is married once in old books.
    desk.published(&[marriage(1, 4, "2015-05-20"), marriage(3, 6, "2015-05-20")])
        .await;
    let records = desk.records().await;
    assert_eq!(records.len(), 3);
    assert!(
        records.contains(&before[0]),
        "the record of the hall is as it was"
    );
    assert!(records.contains(&"J420323-2015-000001 valid 2015-05-20 afalse bfalse".to_owned()));
    assert!(records.contains(&"J420323-2015-000003 valid 2015-05-20 atrue btrue".to_owned()));
    assert_eq!(frozen(&desk.world, &id_number(1)).await, "two_valid");
    assert_eq!(frozen(&desk.world, &id_number(4)).await, "");
    assert_eq!(frozen(&desk.world, &id_number(3)).await, "");
    // Whoever is frozen cannot marry; who has a valid record from old books cannot either.
    for couple in [Couple(1, 8), Couple(3, 8)] {
        let case = desk.world.declared(ZHUSHAN, couple.wedding(ZHUSHAN)).await;
        let refused = match case {
            Ok(number) => desk.world.register(ZHUSHAN, &number).await.unwrap_err(),
            Err(refused) => refused,
        };
        assert!(
            ["ALREADY_MARRIED", "FROZEN"].contains(&&*refused.reason),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn the_same_marriage_in_two_batches_is_a_conflict_of_both() {
    let mut desk = Desk::new().await;
    desk.published(&[marriage(1, 2, "2015-05-20")]).await;
    let batch = desk.published(&[marriage(1, 2, "2015-05-20")]).await;
    let found = desk.problems(&batch).await;
    let found: Vec<_> = found
        .iter()
        .map(|(row, field, code, _)| (*row, field.as_str(), code.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (2, "女方证件号", "TWO_VALID"),
            (2, "男方证件号", "TWO_VALID")
        ]
    );
    assert_eq!(frozen(&desk.world, &id_number(1)).await, "two_valid");
    assert_eq!(frozen(&desk.world, &id_number(2)).await, "two_valid");
}

#[tokio::test]
async fn divorces_end_marriages_in_whatever_order_they_are_typed() {
    let rows = [
        marriage(1, 2, "2013-05-20"),
        marriage(1, 4, "2016-05-20"),
        divorce(1, 2, "2015-01-05"),
    ];
    let expected = [
        "J420323-2013-000001 divorced 2013-05-20 2015-01-05 L420323-2015-000001 afalse bfalse",
        "J420323-2016-000001 valid 2016-05-20 atrue btrue",
        "L420323-2015-000001 divorced 2015-01-05 2015-01-05 L420323-2015-000001 afalse bfalse",
    ];
    let mut desk = Desk::new().await;
    desk.published(&rows).await;
    assert_eq!(desk.records().await, expected);

    // In batches of their own, the marriage first: its record ends, and no other is made.
    let mut desk = Desk::new().await;
    desk.published(&rows[..1]).await;
    desk.published(&rows[2..]).await;
    desk.published(&rows[1..2]).await;
    assert_eq!(desk.records().await, expected[..2]);
    let kept = "select concat_ws(' ', version, state, reason) from marriage.record_version";
    assert_eq!(
        desk.world.texts(kept).await,
        ["1 valid 历史档案补录：离婚登记"]
    );
    for serial in [1, 2, 4] {
        assert_eq!(
            frozen(&desk.world, &id_number(serial)).await,
            "",
            "{serial}"
        );
    }
}

#[tokio::test]
async fn ends_on_paper_and_known_deaths_end_marriages() {
    let mut desk = Desk::new().await;
    for (serial, day) in [(3, "2018-01-01"), (5, "2010-01-01")] {
        sqlx::query("insert into marriage.person (person_key, died_on, death_kind) values ($1, $2::date, 'death')")
            .bind(desk.world.key(&id_number(serial)))
            .bind(day.parse::<chrono::NaiveDate>().unwrap())
            .execute(&desk.world.db.pool)
            .await
            .unwrap();
    }
    let court = [("结束日期", "2017年3月1日"), ("结束原因", "法院判决离婚")];
    let batch = desk
        .published(&[
            with(marriage(1, 2, "2015-05-20"), &court),
            marriage(3, 4, "2015-05-20"),
            marriage(5, 6, "2015-05-20"),
        ])
        .await;
    assert_eq!(
        desk.records().await,
        [
            "J420323-2015-000001 divorced_court 2015-05-20 2017-03-01 法院判决离婚 afalse bfalse",
            "J420323-2015-000003 ended_death 2015-05-20 2018-01-01 死亡登记 afalse bfalse",
            "J420323-2015-000005 valid 2015-05-20 afalse bfalse",
        ]
    );
    let found = desk.problems(&batch).await;
    assert_eq!(
        found,
        [(4, "男方证件号".to_owned(), "AFTER_DEATH".to_owned(), true)]
    );
    assert_eq!(frozen(&desk.world, &id_number(5)).await, "after_death");
}

#[tokio::test]
async fn an_old_number_finds_its_person_and_no_number_finds_nobody() {
    let mut desk = Desk::new().await;
    let id = id_number(1);
    let old = format!("{}{}", &id[..6], &id[8..17]);
    let nobody = [("男方证件号", ""), ("女方证件号", "")];
    let batch = desk
        .published(&[
            with(marriage(1, 2, "2013-05-20"), &[("男方证件号", &old)]),
            marriage(1, 4, "2015-05-20"),
            with(marriage(7, 8, "2013-05-20"), &nobody),
            with(marriage(7, 8, "2014-05-20"), &nobody),
        ])
        .await;
    let found = desk.problems(&batch).await;
    let found: Vec<_> = found
        .iter()
        .map(|(row, _, code, _)| (*row, code.as_str()))
        .collect();
    let missing = "ID_MISSING";
    assert_eq!(
        found,
        [
            (3, "TWO_VALID"),
            (4, missing),
            (4, missing),
            (5, missing),
            (5, missing)
        ]
    );
    assert_eq!(
        desk.records()
            .await
            .iter()
            .filter(|line| line.ends_with("btrue"))
            .count(),
        3
    );
}

#[tokio::test]
async fn nothing_is_told_to_others_and_nothing_readable_is_stored() {
    let mut desk = Desk::new().await;
    let rows = [with(
        marriage(1, 2, "2015-05-20"),
        &[("备注", "张建国之父代办")],
    )];
    let file = csv(&rows);
    let other = csv(&[with(rows[0].clone(), &[("女方姓名", "王秀蓝")])]);
    let batch = desk.compared(&file, &other).await;
    for table in ["batch_chunk", "batch_row", "batch_problem"] {
        let column = if table == "batch_chunk" {
            "content"
        } else {
            "body"
        };
        let sql = format!("select {column} from marriage.{table}");
        let bodies: Vec<Vec<u8>> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .fetch_all(&desk.world.db.pool)
            .await
            .unwrap();
        assert!(!bodies.is_empty(), "{table}");
        for body in bodies {
            let seen = |text: &str| body.windows(text.len()).any(|part| part == text.as_bytes());
            assert!(
                !seen("张建国") && !seen(&id_number(1)) && !seen("王秀"),
                "{table}"
            );
        }
    }
    desk.decide(&third(), &batch, 2, "first").await.unwrap();
    desk.publish(&batch).await.unwrap();
    desk.until(&batch, "published").await;
    assert_eq!(
        desk.world
            .text("select count(*)::text from chassis.outbox")
            .await,
        "0"
    );
}
