//! Uploads: in order, repeated, replaced, refused.

use yiwang_proto::marriage::v1::{self as pb, archive_server::Archive};

use super::desk::{Desk, HEAD, csv, first, marriage, second, third, with, xlsx};
use crate::stage::{as_caller, unwrap};

#[tokio::test]
async fn the_two_entries_come_from_two_people() {
    let mut desk = Desk::new().await;
    let file = csv(&[marriage(1, 2, "2015-05-20")]);
    for (one, other) in [(1, 2), (2, 1)] {
        let batch = desk.create().await;
        desk.upload(&first(), &batch, one, &file).await.unwrap();
        let refused = desk.upload(&first(), &batch, other, &file).await;
        assert_eq!(refused.unwrap_err().reason, "SAME_PERSON");
        desk.upload(&second(), &batch, other, &file).await.unwrap();
        desk.until(&batch, "ready").await;
        assert_eq!(desk.problems(&batch).await, []);
    }
}

#[tokio::test]
async fn repeats_are_harmless_and_gaps_are_not() {
    let mut desk = Desk::new().await;
    let rows: Vec<_> = (0..40)
        .map(|n| marriage(2 * n + 1, 2 * n + 2, "2015-05-20"))
        .collect();
    let file = csv(&rows);
    let batch = desk.create().await;
    let piece = |offset: usize, last: bool| pb::UploadEntriesRequest {
        batch: batch.clone(),
        entry: 1,
        format: "csv".into(),
        offset: i64::try_from(offset).unwrap(),
        chunk: file[offset..file.len().min(offset + 1000)].to_vec(),
        last,
    };
    let send = async |request| {
        unwrap(
            desk.service
                .upload_entries(as_caller(&first(), request))
                .await,
        )
    };
    assert_eq!(send(piece(0, false)).await.unwrap().received, 1000);
    assert_eq!(send(piece(0, false)).await.unwrap().received, 1000);
    assert_eq!(send(piece(2000, false)).await.unwrap_err().reason, "OFFSET");
    assert_eq!(send(piece(500, false)).await.unwrap_err().reason, "OFFSET");
    assert_eq!(send(piece(1000, false)).await.unwrap().received, 2000);
    // The connection was lost: all again.
    desk.upload_in(&first(), &batch, 1, &file, 1000)
        .await
        .unwrap();
    let whole = desk
        .upload_in(&first(), &batch, 1, &file, 1000)
        .await
        .unwrap();
    assert_eq!(whole.received, i64::try_from(file.len()).unwrap());
    desk.step(&batch).await.unwrap();
    let read = desk.get(&batch).await;
    assert_eq!((read.state.as_str(), read.rows), ("open", 40));
    desk.upload(&second(), &batch, 2, &xlsx(&rows))
        .await
        .unwrap();
    desk.until(&batch, "ready").await;
    let ready = desk.get(&batch).await;
    assert_eq!(
        (ready.rows_second, ready.compared, ready.problems),
        (40, 40, 0)
    );
}

#[tokio::test]
async fn a_file_that_cannot_be_read_goes_back_with_the_reason() {
    let mut desk = Desk::new().await;
    let good = csv(&[marriage(1, 2, "2015-05-20")]);
    let text = String::from_utf8(good.clone()).unwrap();
    let cases = [
        (text.replacen("备注", "身高", 1), "身高", "UNKNOWN_COLUMN"),
        (
            text.replacen("男方姓名", "备注", 1),
            "备注",
            "DOUBLE_COLUMN",
        ),
        (HEAD.join(","), "整行", "FILE_EMPTY"),
        ("\n\n".to_owned(), "整行", "FILE_EMPTY"),
    ];
    let batch = desk.create().await;
    for (wrong, field, code) in cases {
        desk.upload(&first(), &batch, 1, wrong.as_bytes())
            .await
            .unwrap();
        assert_eq!(desk.get(&batch).await.state, "reading");
        desk.until(&batch, "open").await;
        let found = desk.problems(&batch).await;
        let known = (1, field.to_owned(), code.to_owned(), false);
        assert!(found.contains(&known), "{code}: {found:?}");
        assert_eq!(desk.get(&batch).await.rows, 0);
        let unready = desk.publish(&batch).await.unwrap_err();
        assert_eq!(unready.reason, "WRONG_STATE");
    }
    desk.upload(&first(), &batch, 1, b"PK\x03\x04 and nothing more")
        .await
        .unwrap();
    desk.until(&batch, "open").await;
    assert_eq!(desk.problems(&batch).await[0].2, "FILE_BROKEN");
    // The mended file takes the place of the wrong one, and its problems are gone.
    desk.upload(&first(), &batch, 1, &good).await.unwrap();
    desk.upload(&second(), &batch, 2, &good).await.unwrap();
    desk.until(&batch, "ready").await;
    assert_eq!(desk.problems(&batch).await, []);
}

#[tokio::test]
async fn what_is_no_table_is_refused_at_once() {
    let desk = Desk::new().await;
    let batch = desk.create().await;
    let cases: [(&str, &[u8], &str); 5] = [
        ("csv", b"", "FILE_EMPTY"),
        ("csv", b"PK\x03\x04", "FILE_KIND"),
        ("xlsx", b"a,b", "FILE_KIND"),
        ("csv", b"\xD0\xCF\x11\xE0", "FILE_KIND"),
        ("pdf", b"%PDF", "FILE_KIND"),
    ];
    for (format, chunk, code) in cases {
        let request = pb::UploadEntriesRequest {
            batch: batch.clone(),
            entry: 1,
            format: format.into(),
            offset: 0,
            chunk: chunk.to_vec(),
            last: true,
        };
        let refused = unwrap(
            desk.service
                .upload_entries(as_caller(&first(), request))
                .await,
        );
        assert_eq!(refused.unwrap_err().fields[0].reason, code);
    }
    let third_entry = desk.upload(&first(), &batch, 3, b"a").await.unwrap_err();
    assert_eq!(third_entry.fields[0].field, "/entry");
    let huge = desk
        .upload_in(&first(), &batch, 1, &[b'a'; (1 << 20) + 1], 2 << 20)
        .await;
    assert_eq!(huge.unwrap_err().fields[0].reason, "CHUNK");
}

#[tokio::test]
async fn a_compared_entry_may_be_typed_again() {
    let mut desk = Desk::new().await;
    let good = [marriage(1, 2, "2015-05-20"), marriage(3, 4, "2015-05-20")];
    let gap = [good[1].clone()];
    let batch = desk.compared(&csv(&good), &csv(&gap)).await;
    let found = desk.problems(&batch).await;
    let codes: Vec<_> = found
        .iter()
        .map(|(row, _, code, _)| (*row, code.as_str()))
        .collect();
    assert_eq!(
        codes,
        [
            (2, "DIFFERS"),
            (2, "DIFFERS"),
            (2, "DIFFERS"),
            (3, "MISSING_SECOND")
        ]
    );
    desk.upload(&second(), &batch, 2, &csv(&good))
        .await
        .unwrap();
    assert_eq!(desk.get(&batch).await.state, "reading");
    desk.until(&batch, "ready").await;
    assert_eq!(desk.problems(&batch).await, []);
    let ready = desk.get(&batch).await;
    assert_eq!((ready.rows, ready.rows_second, ready.compared), (2, 2, 2));
    desk.publish(&batch).await.unwrap();
    let late = desk.upload(&second(), &batch, 2, &csv(&gap)).await;
    assert_eq!(late.unwrap_err().reason, "WRONG_STATE");
}

#[tokio::test]
async fn a_line_left_out_is_one_problem_for_each_row_and_can_be_decided() {
    let mut desk = Desk::new().await;
    let named = |man: u32, name: &str| {
        with(
            marriage(man, man + 1, "2015-05-20"),
            &[("男方姓名", name), ("女方姓名", name)],
        )
    };
    let one = [named(1, "甲"), named(3, "乙"), named(5, "丙")];
    let batch = desk.compared(&csv(&one), &csv(&one[1..])).await;
    let found = desk.problems(&batch).await;
    let codes: Vec<_> = found
        .iter()
        .map(|(row, field, code, _)| (*row, field.as_str(), code.as_str()))
        .collect();
    let whole = "整行";
    assert_eq!(
        codes,
        [
            (2, whole, "OTHER_ROW"),
            (3, whole, "OTHER_ROW"),
            (4, whole, "MISSING_SECOND")
        ]
    );
    let nothing = desk
        .decide(&third(), &batch, 4, "second")
        .await
        .unwrap_err();
    assert_eq!(nothing.fields[0].reason, "ROW_MISSING");
    for row in 2..=4 {
        desk.decide(&third(), &batch, row, "first").await.unwrap();
    }
    desk.publish(&batch).await.unwrap();
    desk.until(&batch, "published").await;
    assert_eq!(desk.records().await.len(), 3);
}
