//! A page is opened by who signed for the grave, kept by them, taken down by the office.

use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{Caller, Role},
    ids,
};
use yiwang_proto::burial::v1 as pb;

use super::{
    LONGEST_WORDS, is_text,
    store::{self, Page},
    trail, unknown, verified,
    view::{self, Body},
    words, wrong,
};
use crate::deaths;

/// Longest name.
const LONGEST_NAME: usize = 50;

/// The key under which a name is found.
pub(super) fn name_key(rt: &Runtime, name: &str) -> String {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    rt.keyer.blind_index("memorial.name", &name)
}

/// Opens a page.
pub(super) async fn open(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::OpenMemorialRequest,
) -> Result<pb::Memorial, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let person = verified(caller)?;
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "open_memorial", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(page) => return Ok(page),
    };
    let name = request.name.trim();
    if !is_text(name, LONGEST_NAME) {
        return Err(wrong("/name", "REQUIRED", "请填写逝者姓名。"));
    }
    let rests = store::rests(&mut tx, request.case_number.trim(), person).await?;
    let (dead, division) = rests.ok_or_else(|| {
        let message = "请选您自己办理的安放（葬）或者骨灰寄存；办好以后才能开设纪念页。";
        wrong("/case_number", "NOT_AT_REST", message)
    })?;
    let death = deaths::read::of_person(rt, &mut tx, &dead).await?;
    if death.is_some_and(|death| death.name.trim() != name) {
        let message = "与死亡登记的姓名不一致，请照证件填写。";
        return Err(wrong("/name", "NAME_DIFFERS", message));
    }
    let body = Body {
        name: name.to_owned(),
        words: words(&request.words, LONGEST_WORDS)?,
        reasons: String::new(),
    };
    let id = ids::new(rt.now());
    let page = Page {
        id,
        code: hex::encode(rand::random::<[u8; 16]>()),
        person_key: dead,
        division,
        keeper: caller.account,
        name_key: request.findable.then(|| name_key(rt, name)),
        state: "open".to_owned(),
        body: body.seal(rt, id)?,
    };
    match store::insert(&mut tx, &page, rt.now()).await {
        Err(error) if is_second(&error) => {
            let message = "这位逝者已经有网络纪念页，请向开设的亲属要链接。";
            return Err(Fault::new(Code::AlreadyExists, "MEMORIAL_KNOWN", message));
        }
        inserted => inserted?,
    }
    trail(rt, &mut tx, caller, "opened", &page, "").await?;
    let response = view::page(rt, &mut tx, &page, Some(caller)).await?;
    claim.finish(rt, tx, response).await
}

fn is_second(error: &sqlx::Error) -> bool {
    let constraint = error.as_database_error().and_then(|one| one.constraint());
    constraint == Some("memorial_person_key_key")
}

/// Changes a page of the caller's.
pub(super) async fn save(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SaveMemorialRequest,
) -> Result<pb::Memorial, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "save_memorial", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(page) => return Ok(page),
    };
    let mut page = own(store::lock(&mut tx, &request.code).await?, caller)?;
    let mut body = Body::open(rt, &page)?;
    body.words = words(&request.words, LONGEST_WORDS)?;
    page.name_key = request.findable.then(|| name_key(rt, &body.name));
    page.state = match request.closed {
        true => "closed".to_owned(),
        false => "open".to_owned(),
    };
    page.body = body.seal(rt, page.id)?;
    store::update(&mut tx, &page, rt.now()).await?;
    trail(rt, &mut tx, caller, "saved", &page, "").await?;
    let response = view::page(rt, &mut tx, &page, Some(caller)).await?;
    claim.finish(rt, tx, response).await
}

/// A page that the caller keeps and may still change.
pub(super) fn own(page: Option<Page>, caller: &Caller) -> Result<Page, Fault> {
    let page = page.filter(|page| page.keeper == caller.account);
    let page = page.ok_or_else(unknown)?;
    if page.state == "taken_down" {
        let message = "这个纪念页已被管理单位停用，理由见页面；有疑问请联系当地民政局。";
        return Err(Fault::precondition("TAKEN_DOWN", message));
    }
    Ok(page)
}

/// Takes a page down: what stands there does not belong there.
pub(super) async fn take_down(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::TakeDownMemorialRequest,
) -> Result<pb::Memorial, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "take_down", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(page) => return Ok(page),
    };
    let page = store::lock(&mut tx, &request.code).await?;
    let mut page = page
        .filter(|page| page.state == "open")
        .ok_or_else(unknown)?;
    let answers = [Role::Funeral, Role::CountyOfficer];
    if !answers.iter().any(|role| caller.has(*role, &page.division)) {
        let message = "只有安葬地的公墓（骨灰堂）和民政局可以停用。";
        return Err(Fault::new(Code::Forbidden, "WRONG_ROLE", message));
    }
    let reasons = request.reasons.trim();
    if !is_text(reasons, LONGEST_WORDS) {
        return Err(wrong(
            "/reasons",
            "REQUIRED",
            "请写明停用的理由，家属会看到。",
        ));
    }
    let mut body = Body::open(rt, &page)?;
    reasons.clone_into(&mut body.reasons);
    "taken_down".clone_into(&mut page.state);
    page.body = body.seal(rt, page.id)?;
    store::update(&mut tx, &page, rt.now()).await?;
    let told = format!("您开设的网络纪念页已停用。理由：{reasons}");
    trail(rt, &mut tx, caller, "taken_down", &page, &told).await?;
    let response = view::page(rt, &mut tx, &page, Some(caller)).await?;
    claim.finish(rt, tx, response).await
}
