//! REST under `/api/v1`: the same calls as the pages make.
//!
//! The names here are a public contract: later versions extend them and break
//! none. [`table`] is all there is; whatever is not in it does not exist.

use http::Method;
use serde_json::Value;

use crate::{
    callbacks,
    route::{
        Auth::{Any, Public, Staff},
        Route,
    },
};

mod access;
mod accounts;
mod actions;
mod adoption;
pub(crate) mod archive;
mod burial;
mod burial_figures;
mod cases;
mod certificates;
pub(crate) mod child_files;
mod child_money;
mod child_places;
mod child_protection;
mod child_roster;
mod child_tasks;
mod demo;
mod divisions;
mod drafts;
mod encounters;
pub(crate) mod files;
mod halls;
pub(crate) mod input;
mod items;
mod kin;
mod kin_reports;
mod leaving;
mod marriage;
mod memorials;
mod messages;
mod meta;
mod notices;
mod one_things;
mod ratings;
mod rescue;
mod session;
mod street;
pub(crate) mod visits;
mod wire;
mod work;

const GET: Method = Method::GET;
const POST: Method = Method::POST;
const PUT: Method = Method::PUT;
const DELETE: Method = Method::DELETE;

/// All REST routes.
pub(crate) fn table() -> Vec<Route> {
    let mut table = vec![];
    table.extend(identity());
    table.extend(items_and_drafts());
    table.extend(cases());
    table.extend(certificates());
    table.extend(halls::routes());
    table.extend(visits::routes());
    table.extend(memorials::routes());
    table.extend(burial::routes());
    table.extend(burial_figures::routes());
    table.extend(rescue::routes());
    table.extend(kin::routes());
    table.extend(kin_reports::routes());
    table.extend(leaving::routes());
    table.extend(street::routes());
    table.extend(encounters::routes());
    table.extend(child_files::routes());
    table.extend(child_roster::routes());
    table.extend(child_places::routes());
    table.extend(child_money::routes());
    table.extend(child_protection::routes());
    table.extend(child_tasks::routes());
    table.extend(adoption::routes());
    table.extend(access::routes());
    table.extend(one_things::routes());
    table.extend(ratings::routes());
    table.extend(officers());
    table.extend(register());
    table.extend(historical());
    table.extend(public());
    table
}

fn identity() -> Vec<Route> {
    vec![
        Route::rest(POST, "/api/v1/session", Public, session::open)
            .summary("登录，取得令牌")
            .takes::<session::SignIn>()
            .gives::<session::Tokens>(200),
        Route::rest(POST, "/api/v1/session/refresh", Public, session::refresh)
            .summary("用刷新令牌换取新令牌；每个刷新令牌只能用一次")
            .takes::<session::Refresh>()
            .gives::<session::Tokens>(200),
        Route::rest(DELETE, "/api/v1/session", Any, session::close).summary("退出登录"),
        Route::rest(POST, "/api/v1/accounts", Public, accounts::register)
            .summary("实名注册")
            .takes::<accounts::Registration>()
            .gives::<accounts::Registered>(201),
        Route::rest(GET, "/api/v1/account", Any, accounts::own)
            .summary("我的账户")
            .gives::<accounts::Account>(200),
        Route::rest(GET, "/api/v1/messages", Any, messages::list)
            .summary("我的消息，新的在前")
            .query(&[
                ("before", "上一页最后一条的 id"),
                ("limit", "1 至 100，默认 20"),
            ])
            .gives::<messages::MessagePage>(200),
        Route::rest(POST, "/api/v1/messages/{id}/read", Any, messages::read)
            .summary("把这条及更早的消息标为已读"),
    ]
}

fn items_and_drafts() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/items", Public, items::list)
            .summary("事项列表")
            .gives::<wire::ItemList>(200),
        Route::rest(GET, "/api/v1/items/{code}", Public, items::get)
            .summary("办事指南与表单（JSON Schema）")
            .gives::<wire::Item>(200),
        Route::rest(GET, "/api/v1/drafts", Any, drafts::list)
            .summary("我的草稿")
            .gives::<wire::DraftList>(200),
        Route::rest(GET, "/api/v1/drafts/{item}", Any, drafts::get)
            .summary("某事项的草稿")
            .gives::<wire::Draft>(200),
        Route::rest(POST, "/api/v1/drafts/{item}", Any, drafts::save)
            .summary("保存草稿")
            .takes::<drafts::NewDraft>()
            .gives::<wire::Draft>(200),
        Route::rest(DELETE, "/api/v1/drafts/{item}", Any, drafts::discard).summary("删除草稿"),
        Route::rest(POST, "/api/v1/files", Any, files::upload)
            .summary("上传材料文件（表单字段 file）：照片或 PDF")
            .gives::<files::File>(201)
            .with_uploads(),
        Route::rest(GET, "/api/v1/files/{id}", Any, files::own).summary("下载自己上传的文件"),
    ]
}

fn cases() -> Vec<Route> {
    vec![
        Route::rest(POST, "/api/v1/cases", Any, cases::submit)
            .summary("提交申请")
            .idempotent()
            .takes::<cases::Application>()
            .gives::<wire::Case>(201),
        Route::rest(GET, "/api/v1/cases", Any, cases::list)
            .summary("我的办件，新的在前")
            .query(&[
                ("cursor", "上一页给出的 next_cursor"),
                ("limit", "1 至 100，默认 20"),
            ])
            .gives::<wire::CasePage>(200),
        Route::rest(GET, "/api/v1/cases/{number}", Any, cases::get)
            .summary("办件详情")
            .gives::<wire::Case>(200),
        Route::rest(GET, "/api/v1/cases/{number}/history", Any, cases::history)
            .summary("办理过程")
            .gives::<wire::History>(200),
        Route::rest(
            GET,
            "/api/v1/cases/{number}/documents/{id}",
            Any,
            cases::document,
        )
        .summary("文书")
        .gives::<wire::Document>(200),
        Route::rest(
            GET,
            "/api/v1/cases/{number}/materials/{file_id}",
            Any,
            files::attached,
        )
        .summary("下载办件中的材料文件"),
        Route::rest(
            GET,
            "/api/v1/cases/{number}/actions/{action}/ripple",
            Any,
            actions::ripple,
        )
        .summary("办这一步以前：会带动哪些办件和登记；限工作人员")
        .gives::<wire::Foreseen>(200),
        Route::rest(
            POST,
            "/api/v1/cases/{number}/actions/{action}",
            Any,
            actions::act,
        )
        .summary("对办件进行操作；请求体是该操作的数据；可用 If-Match 指定版本")
        .idempotent()
        .takes::<Value>()
        .gives::<wire::Case>(200),
    ]
}

fn certificates() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/certificates", Any, certificates::list)
            .summary("我的证照，新的在前")
            .query(&[
                ("cursor", "上一页给出的 next_cursor"),
                ("limit", "1 至 100，默认 20"),
            ])
            .gives::<wire::CertificatePage>(200),
        Route::rest(
            GET,
            "/api/v1/certificates/{service}/{id}",
            Any,
            certificates::get,
        )
        .summary("电子证照")
        .gives::<wire::Certificate>(200),
        Route::rest(
            GET,
            "/api/v1/certificates/{service}/{id}/pdf",
            Any,
            certificates::pdf,
        )
        .summary("下载电子证照（PDF）"),
        Route::rest(
            POST,
            "/api/v1/certificates/{service}/{id}/show",
            Any,
            certificates::show,
        )
        .summary("亮证：取得一分钟内有效的码，仅限持证人本人")
        .gives::<wire::ShowCode>(200),
        Route::rest(
            GET,
            "/api/v1/certificates/check",
            Public,
            certificates::check,
        )
        .summary("核验电子证照：签名对不对，现在是否有效")
        .query(&[("c", "证照上的签名声明，或二维码中的网址")])
        .gives::<certificates::Checked>(200),
        Route::rest(
            GET,
            "/.well-known/yiwang-certificate-keys.json",
            Public,
            certificates::keys,
        )
        .summary("核验电子证照的公钥（JSON Web Key Set），含已停用的；from、to 为启用期"),
    ]
}

fn officers() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/worklist", Staff, work::list)
            .summary("待办，法定期限近的在前")
            .query(&[
                ("view", "MINE（默认）、REGION 或 OVERDUE"),
                ("item", "只看某事项"),
                ("state", "只看某状态"),
                ("number", "按编号查找"),
                ("cursor", "上一页给出的 next_cursor"),
                ("limit", "1 至 100，默认 50"),
            ])
            .gives::<wire::CasePage>(200),
        Route::rest(
            POST,
            "/api/v1/cases/{number}/handover",
            Staff,
            actions::hand_over,
        )
        .summary("移交给同事")
        .idempotent()
        .takes::<actions::HandOver>()
        .gives::<wire::Case>(200),
        Route::rest(
            POST,
            "/api/v1/cases/{number}/reveal",
            Staff,
            actions::reveal,
        )
        .summary("查看被遮盖的内容；须填写理由，会被记录")
        .takes::<actions::Reveal>()
        .gives::<actions::Revealed>(200),
        Route::rest(GET, "/api/v1/statistics", Staff, work::statistics)
            .summary("统计")
            .query(&[
                ("division", "行政区划代码"),
                ("from", "起始日期 2026-01-01"),
                ("to", "截止日期 2026-12-31"),
            ])
            .gives::<wire::Statistics>(200),
    ]
}

fn register() -> Vec<Route> {
    vec![
        Route::rest(POST, "/api/v1/marriage/status", Staff, marriage::status)
            .summary("查询他人的婚姻状况：只答最少内容；查询人、用途和依据都会被记录")
            .takes::<marriage::Inquiry>()
            .gives::<marriage::MaritalStatus>(200),
        Route::rest(GET, "/api/v1/marriage/records", Any, marriage::records)
            .summary("我的婚姻登记")
            .gives::<marriage::Records>(200),
        Route::rest(GET, "/api/v1/marriage/figures", Staff, marriage::figures)
            .summary("婚姻登记数字：按登记处、按日、跨省通办")
            .query(&[
                ("division", "行政区划代码"),
                ("from", "起始日期 2026-01-01"),
                ("to", "截止日期 2026-12-31"),
            ])
            .gives::<marriage::Figures>(200),
    ]
}

fn historical() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/archive/batches", Staff, archive::list)
            .summary("历史档案补录的批次，新的在前")
            .gives::<archive::BatchList>(200),
        Route::rest(POST, "/api/v1/archive/batches", Staff, archive::create)
            .summary("新建批次")
            .idempotent()
            .takes::<archive::NewBatch>()
            .gives::<archive::Batch>(201),
        Route::rest(GET, "/api/v1/archive/batches/{id}", Staff, archive::get)
            .summary("批次和进度")
            .gives::<archive::Batch>(200),
        Route::rest(
            PUT,
            "/api/v1/archive/batches/{id}/entries/{entry}",
            Staff,
            archive::upload,
        )
        .summary("上传第一次（1）或者第二次（2）录入的文件：CSV 或 XLSX，作为请求体或者表单字段 file；两次须由不同的人上传")
        .gives::<archive::Batch>(200)
        .with_uploads(),
        Route::rest(
            GET,
            "/api/v1/archive/batches/{id}/problems",
            Staff,
            archive::problems,
        )
        .summary("发现的问题，按行排列；两次录入的值已遮盖")
        .query(&[
            ("cursor", "上一页给出的 next_cursor"),
            ("limit", "1 至 100，默认 50"),
        ])
        .gives::<archive::ProblemPage>(200),
        Route::rest(
            POST,
            "/api/v1/archive/batches/{id}/rows/{row}/decision",
            Staff,
            archive::decide,
        )
        .summary("裁决一行；由没有参加录入的人或者婚姻登记员裁决")
        .idempotent()
        .takes::<archive::Decision>()
        .gives::<archive::Batch>(200),
        Route::rest(
            POST,
            "/api/v1/archive/batches/{id}/publish",
            Staff,
            archive::publish,
        )
        .summary("发布批次；在后台进行，进度见批次")
        .idempotent()
        .gives::<archive::Batch>(200),
    ]
}

fn public() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/notices", Public, notices::list)
            .summary("公示，新的在前")
            .query(&[
                ("division", "行政区划代码"),
                ("cursor", "上一页给出的 next_cursor"),
                ("limit", "1 至 100，默认 20"),
            ])
            .gives::<wire::NoticePage>(200),
        Route::rest(GET, "/api/v1/notices/{id}", Public, notices::get)
            .summary("一则公示")
            .gives::<wire::Notice>(200),
        Route::rest(
            POST,
            "/api/v1/notices/{id}/objections",
            Public,
            notices::object,
        )
        .summary("对公示提出异议，可以匿名")
        .idempotent()
        .takes::<notices::Objection>()
        .gives::<notices::Receipt>(201),
        Route::rest(GET, "/api/v1/divisions", Public, divisions::list)
            .summary("行政区划：下级或按名称查找")
            .query(&[("parent", "上级代码；省级为空"), ("q", "名称开头")])
            .gives::<divisions::DivisionList>(200),
        Route::rest(
            POST,
            "/api/v1/callbacks/{department}",
            Public,
            callbacks::deliver,
        )
        .summary("部门回调；X-Signature 为请求体的签名"),
        Route::rest(GET, "/api/v1/openapi.json", Public, meta::openapi).summary("接口说明"),
        Route::rest(GET, "/.well-known/jwks.json", Public, meta::jwks).summary("令牌公钥"),
        Route::rest(GET, "/api/v1/demo/clock", Public, demo::clock)
            .summary("演示时钟（仅演示环境）")
            .gives::<demo::Clock>(200),
        Route::rest(POST, "/api/v1/demo/clock", Public, demo::move_clock)
            .summary("向前拨动演示时钟（仅演示环境）")
            .takes::<demo::Move>()
            .gives::<demo::Clock>(200),
    ]
}
