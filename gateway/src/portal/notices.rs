//! Public notices 公示 and objections 异议.

use axum::{
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_civic::division;
use yiwang_proto::casework::v1 as pb;

use super::{
    body::Body,
    desk::Desk,
    form::place,
    view::{
        Section, Trouble,
        chrome::query,
        notice::{NoticePage, Notices},
        public::Message,
    },
};

const PAGE: usize = 20;

/// Notices, of one region or all.
pub(crate) async fn list(desk: Desk) -> Result<Response, Fault> {
    let typed: String = desk.query("place").chars().take(40).collect();
    let found = if typed.is_empty() {
        vec![]
    } else {
        place::candidates(&typed, None)
    };
    let told = match (&*typed, found.first()) {
        ("", _) => String::new(),
        (_, Some(first)) => format!("{}的公示", first.name),
        (typed, None) => format!("没有找到“{typed}”这个地区，下面是全部公示。"),
    };
    let scope = found
        .first()
        .map_or("", |first| division::scope_prefix(&first.code));
    let page = desk
        .state
        .backends()
        .notices(scope, desk.query("cursor"), PAGE)
        .await?;
    let next = match page.next_cursor.as_str() {
        "" => String::new(),
        cursor => query("/notices", &[("place", &typed), ("cursor", cursor)]),
    };
    Ok(desk.page(&Notices {
        chrome: desk.chrome().titled("公示", Section::Notices),
        place: typed,
        told,
        notices: page.entries,
        next,
    }))
}

/// One notice with the form for objections.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let notice = desk.state.backends().notice(desk.param(0)?).await?;
    let (jar, csrf) = desk.csrf();
    let chrome = desk.chrome().titled(notice.title.clone(), Section::Notices);
    let page = NoticePage::new(chrome, notice, csrf, desk.fresh_key());
    Ok((jar, desk.page(&page)).into_response())
}

/// Takes an objection.
pub(crate) async fn object(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    let id = desk.param(0)?.to_owned();
    let desk = desk.at(format!("/notices/{id}"));
    let text = |name: &str| body.text(name).to_owned();
    let refused = match desk.verify(&body) {
        Err(fault) => fault,
        Ok(()) if text("content").is_empty() => {
            Fault::invalid_field("/content", "REQUIRED", "请写下您了解的情况。")
        }
        Ok(()) => {
            let objection = pb::ObjectToNoticeRequest {
                idempotency_key: text("key"),
                notice_id: id.clone(),
                content: text("content"),
                name: text("name"),
                phone: text("phone"),
            };
            match desk.state.backends().object(objection).await {
                Ok(receipt) => return Ok(thanks(&desk, &receipt)),
                Err(fault) => fault,
            }
        }
    };
    let mendable = matches!(
        refused.code,
        Code::InvalidInput | Code::Forbidden | Code::TooLarge
    );
    if !mendable {
        return Err(refused);
    }
    let notice = desk.state.backends().notice(&id).await?;
    let (jar, csrf) = desk.csrf();
    let chrome = desk.chrome().titled(notice.title.clone(), Section::Notices);
    let mut page = NoticePage::new(chrome, notice, csrf, desk.fresh_key());
    page.problems = match refused.fields.is_empty() {
        true => vec![Trouble::at("content", refused.message.clone())],
        false => refused
            .fields
            .iter()
            .map(|field| Trouble::at(field.field.trim_start_matches('/'), field.message.clone()))
            .collect(),
    };
    (page.content, page.name, page.phone) = (text("content"), text("name"), text("phone"));
    Ok((jar, desk.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)).into_response())
}

fn thanks(desk: &Desk, receipt: &str) -> Response {
    desk.page(&Message {
        chrome: desk.chrome().titled("您的意见收到了", Section::Notices),
        lines: vec![
            format!("回执编号：{receipt}"),
            "我们会逐件调查。留了电话的，会把结果告诉您；想打听进展，请打 12345，报上面的编号。"
                .to_owned(),
        ],
        links: vec![("/notices".to_owned(), "看其他公示")],
        trace: String::new(),
    })
}
