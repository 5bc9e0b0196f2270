//! Files in and out.

use std::{fs, path::Path};

use reqwest::{Method, Response};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{Gateway, failure, id_number, problem};

const JPEG: &[u8] = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01 a photo of a household register";
const BOUNDARY: &str = "----yiwang-test";

async fn upload(gateway: &Gateway, token: &str, name: &str, content: &[u8]) -> Response {
    let mut body = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: image/jpeg\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(content);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let request = gateway
        .request(Method::POST, "/api/v1/files")
        .bearer_auth(token);
    request
        .header("content-type", kind)
        .body(body)
        .send()
        .await
        .unwrap()
}

async fn zhang(gateway: &Gateway) -> String {
    gateway.citizen("zhang", &id_number("19780512", 101)).await;
    gateway.tokens("zhang").await.0
}

#[tokio::test]
async fn a_photo_comes_back_to_its_owner_alone_and_is_sealed_on_disk() {
    let gateway = Gateway::start().await;
    let token = zhang(&gateway).await;
    let response = upload(&gateway, &token, "../户口本.jpg", JPEG).await;
    assert_eq!(response.status(), 201);
    let file: Value = response.json().await.unwrap();
    assert_eq!(
        (&file["name"], &file["media_type"]),
        (&"户口本.jpg".into(), &"image/jpeg".into())
    );
    assert_eq!(file["size"], JPEG.len());

    let path = format!("/api/v1/files/{}", file["id"].as_str().unwrap());
    let back = gateway.get(&path, &token).await;
    assert_eq!(back.status(), 200);
    let header = |name: &str| back.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "image/jpeg");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(
        header("content-security-policy"),
        "default-src 'none'; sandbox"
    );
    assert!(header("content-disposition").contains("filename*=UTF-8''%E6%88%B7"));
    assert_eq!(back.bytes().await.unwrap(), JPEG);

    gateway.citizen("li.si", &id_number("19790512", 103)).await;
    let (other, _) = gateway.tokens("li.si").await;
    assert_eq!(
        failure(gateway.get(&path, &other).await).await,
        (404, "NOT_FOUND".to_owned())
    );
    let missing = gateway
        .get("/api/v1/files/0190c8a0-0000-7000-8000-000000000000", &other)
        .await;
    assert_eq!(failure(missing).await, (404, "NOT_FOUND".to_owned()));

    let stored = contents(&gateway.dir.path().join("files"));
    assert_eq!(stored.len(), 1);
    assert!(
        !stored[0].windows(16).any(|part| part == &JPEG[12..28]),
        "stored in the clear"
    );
}

fn contents(dir: &Path) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            found.push(fs::read(path).unwrap());
        }
    }
    found
}

#[tokio::test]
async fn what_is_no_photo_and_no_pdf_is_refused_whatever_it_is_called() {
    let gateway = Gateway::start().await;
    let token = zhang(&gateway).await;
    let cases: [(&str, &[u8], &str); 6] = [
        (
            "photo.jpg",
            b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff",
            "FILE_KIND",
        ),
        (
            "photo.jpg",
            b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00",
            "FILE_KIND",
        ),
        ("photo.jpg", b"<html><script>alert(1)</script>", "FILE_KIND"),
        ("paper.pdf", JPEG, "FILE_EXTENSION"),
        ("photo.jpg.exe", JPEG, "FILE_EXTENSION"),
        ("photo.jpg", b"", "FILE_EMPTY"),
    ];
    for (name, content, code) in cases {
        let (status, problem) = problem(upload(&gateway, &token, name, content).await).await;
        assert_eq!(
            (status, problem["code"].as_str()),
            (422, Some(code)),
            "{name}"
        );
        assert_eq!(problem["fields"][0]["pointer"], "/file");
    }
    assert!(contents(&gateway.dir.path().join("files")).is_empty());
}

#[tokio::test]
async fn a_hundred_megabytes_are_refused_with_an_answer_that_arrives() {
    let gateway = Gateway::start().await;
    let token = zhang(&gateway).await;
    let mut huge = vec![0_u8; 100 * 1024 * 1024];
    huge[..JPEG.len()].copy_from_slice(JPEG);
    let (status, problem) = problem(upload(&gateway, &token, "huge.jpg", &huge).await).await;
    assert_eq!(
        (status, problem["code"].as_str()),
        (413, Some("FILE_TOO_LARGE"))
    );
    assert!(
        problem["detail"].as_str().unwrap().contains("10 MB"),
        "{problem}"
    );
    let one_more = vec![0_u8; 10 * 1024 * 1024 + 1];
    assert_eq!(
        failure(upload(&gateway, &token, "a.jpg", &one_more).await)
            .await
            .0,
        413
    );
    assert!(contents(&gateway.dir.path().join("files")).is_empty());
}

#[tokio::test]
async fn broken_uploads_are_told_in_words() {
    let gateway = Gateway::start_with(|config, _| config.http.max_upload_body = 64 * 1024).await;
    let token = zhang(&gateway).await;
    let post = |kind: &'static str, body: &'static str| {
        let request = gateway
            .request(Method::POST, "/api/v1/files")
            .bearer_auth(&token);
        request.header("content-type", kind).body(body).send()
    };
    let plain = post("text/plain", "hello").await.unwrap();
    assert_eq!(failure(plain).await, (400, "MULTIPART".to_owned()));
    let cut = post(
        "multipart/form-data; boundary=x",
        "--x\r\nContent-Disposition: form-data; na",
    );
    assert_eq!(
        failure(cut.await.unwrap()).await,
        (422, "UPLOAD_BROKEN".to_owned())
    );
    let empty = post("multipart/form-data; boundary=x", "--x--\r\n")
        .await
        .unwrap();
    assert_eq!(failure(empty).await, (422, "INVALID_INPUT".to_owned()));
    let large = upload(&gateway, &token, "a.jpg", &[0_u8; 100 * 1024]).await;
    assert_eq!(failure(large).await, (413, "BODY_TOO_LARGE".to_owned()));
}

#[tokio::test]
async fn nobody_fills_the_disk() {
    let gateway = Gateway::start_with(|config, _| config.uploads.max_files_per_account = 2).await;
    let token = zhang(&gateway).await;
    for _ in 0..2 {
        assert_eq!(upload(&gateway, &token, "a.jpg", JPEG).await.status(), 201);
    }
    let full = failure(upload(&gateway, &token, "a.jpg", JPEG).await).await;
    assert_eq!(full, (429, "FILE_QUOTA".to_owned()));
}

#[tokio::test]
async fn the_gateway_vouches_for_own_files_that_an_act_names_and_for_no_others() {
    let gateway = Gateway::start().await;
    let (zhang, account) = (zhang(&gateway).await, account(&gateway, "zhang").await);
    gateway.citizen("liming", &id_number("19800512", 102)).await;
    let li = gateway.tokens("liming").await.0;
    let mut ids = Vec::new();
    for token in [&zhang, &li] {
        let response = upload(&gateway, token, "现场.jpg", JPEG).await;
        let file: Value = response.json().await.unwrap();
        ids.push(file["id"].as_str().unwrap().to_owned());
    }
    // Somebody else's file, an id of nobody, a text: the service hears of none of them.
    let data = json!({
        "photo": [ids[0], ids[1], Uuid::nil(), "A-17"], "scans": [],
        "text": ids[0], "deep": {"photo": [ids[0]]},
    });
    let named = gateway.state.uploads().named(account, &data).await.unwrap();
    let named: Vec<_> = named.iter().map(|file| file.file_id.clone()).collect();
    assert_eq!(named, ids[..1]);
    let only_deep = json!({"deep": {"photo": [ids[0]]}});
    let named = gateway.state.uploads().named(account, &only_deep).await;
    assert!(named.unwrap().is_empty());
}

#[tokio::test]
async fn a_photograph_that_a_phone_sends_again_is_the_same_file() {
    let gateway = Gateway::start().await;
    zhang(&gateway).await;
    let zhang = account(&gateway, "zhang").await;
    gateway.citizen("liming", &id_number("19800512", 102)).await;
    let li = account(&gateway, "liming").await;
    let (first, second) = (Uuid::now_v7(), Uuid::now_v7());
    let store = async |owner, mark, more: &str| {
        let content = [JPEG, more.as_bytes()].concat();
        let uploads = gateway.state.uploads();
        uploads
            .store_once(owner, mark, "走访照片1.jpg", content.into())
            .await
            .unwrap()
    };
    // At the same instant, and once more after the answer was lost.
    let (once, twice) = tokio::join!(store(zhang, first, ""), store(zhang, first, ""));
    let again = store(zhang, first, "").await;
    assert_eq!((once.id, once.sha256), (twice.id, twice.sha256));
    assert_eq!((once.id, once.stored_at), (again.id, again.stored_at));
    for (owner, mark, more) in [(zhang, second, ""), (zhang, first, "x"), (li, first, "")] {
        assert_ne!(store(owner, mark, more).await.id, once.id);
    }
    let count = sqlx::query_scalar::<_, i64>("select count(*) from gateway.file");
    assert_eq!(count.fetch_one(&gateway.db.pool).await.unwrap(), 4);
}

async fn account(gateway: &Gateway, login: &str) -> Uuid {
    sqlx::query_scalar("select id from gateway.account where login = $1")
        .bind(login)
        .fetch_one(&gateway.db.pool)
        .await
        .unwrap()
}
