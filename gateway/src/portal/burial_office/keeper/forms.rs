//! The form of each act of the keeper and of the county, and who may open it.

use serde_json::json;
use yiwang_chassis::fault::{Code, Fault};

use super::{
    super::{
        HOME, only,
        sheet::{self, Act, object},
    },
    COUNTY, PATH,
};
use crate::portal::{
    desk::Desk,
    form::Form,
    view::{burial_office::keeper::KINDS, chrome::query},
};

/// What an act asks.
///
/// # Errors
/// It is none, or not for this reader.
pub(super) async fn describe(desk: &Desk) -> Result<Act, Fault> {
    let name = desk.param(0)?;
    let (facility, area) = (desk.query("facility"), desk.query("area"));
    let spot = desk.query("spot");
    let label = match name {
        "block" | "unblock" | "inspect" => label(desk).await?,
        _ => String::new(),
    };
    let line = |title: &str, hint: &str| json!({"type": "string", "title": title, "description": hint, "maxLength": 100});
    let whole = |title: &str, min: i64, max: i64| json!({"type": "integer", "title": title, "minimum": min, "maximum": max});
    let (roles, title, lead, button, schema) = match name {
        "stock" => (
            HOME,
            "盘点骨灰".to_owned(),
            "把扫到的骨灰编号一行一个贴进来。寄存的和格位里的都要扫到；少了哪个、多了哪个，系统会列出来。",
            "盘点",
            json!({"required": ["scanned"], "properties": {"scanned": {"type": "string",
                "x-widget": "textarea", "title": "扫到的骨灰编号", "maxLength": 500_000,
                "description": "用扫码枪连续扫，或者从表格里复制。"}}}),
        ),
        "block" => (
            HOME,
            format!("暂停使用：{label}"),
            "暂停后家属选不到这个位置。已经安放的不受影响。",
            "暂停使用",
            json!({"required": ["reason"], "properties": {
                "reason": line("原因", "例如维修、保留、审计。")}}),
        ),
        "unblock" => (
            HOME,
            format!("恢复可选：{label}"),
            "恢复后家属可以选这个位置。",
            "恢复可选",
            json!({"properties": {"reason": line("说明", "没有就不填。")}}),
        ),
        "inspect" => (
            HOME,
            format!("验收：{label}"),
            "迁出的位置清理、查验完好以后，才可以再给别人选。",
            "验收合格",
            json!({"required": ["note"], "properties": {
                "note": line("验收情况", "例如已清理、完好。")}}),
        ),
        "area" => (
            COUNTY,
            "新建区域".to_owned(),
            "按现行的面积限额核对。建好后是“规划中”，建成验收以后再开放选位。",
            "新建",
            json!({"required": ["area", "kind", "rows", "places", "width_cm", "depth_cm",
                "capacity", "price"], "properties": {
                "area": line("区域名称", "例如松鹤区，最多20个字。"),
                "kind": {"title": "位置种类", "x-widget": "select",
                    "oneOf": sheet::options(&KINDS)},
                "rows": whole("几排", 1, 5_000), "places": whole("每排几个", 1, 5_000),
                "width_cm": whole("每个宽（厘米）", 1, 1_000),
                "depth_cm": whole("每个深（厘米）", 1, 1_000),
                "capacity": whole("每个安放几位", 1, 100),
                "price": line("收费项目代码", "和价目表上的代码一样。")}}),
        ),
        "open" => (
            COUNTY,
            format!("开放选位：{area}"),
            "建成并且验收合格的区域，开放后家属就能选。",
            "开放选位",
            json!({"required": ["accepted"], "properties": {"accepted": {"type": "boolean",
                "const": true, "x-widget": "checkbox", "title": "这个区域已经建成并验收合格"}}}),
        ),
        "edit" => (
            COUNTY,
            format!("修改区域：{area}"),
            "名称和收费项目随时可以改，已经签的合同不受影响。大小和安放数只有还没开放过的区域可以改，三项一起填。",
            "保存",
            json!({"properties": {
                "name": line("新的名称", "不改就不填，最多20个字。"),
                "price": line("新的收费项目代码", "不改就不填。以后签的合同按新的收。"),
                "width_cm": whole("每个宽（厘米）", 1, 1_000),
                "depth_cm": whole("每个深（厘米）", 1, 1_000),
                "capacity": whole("每个安放几位", 1, 100)}}),
        ),
        "close" => (
            COUNTY,
            format!("关闭区域：{area}"),
            "关闭后家属不能再选这一区的位置。已经安放的、签了合同的、正在办理的都不受影响，以后可以重新开放。",
            "关闭区域",
            json!({"required": ["reason"], "properties": {
                "reason": line("原因", "例如已满、改建、地质不稳。")}}),
        ),
        _ => return Err(Fault::not_found()),
    };
    only(desk, roles)?;
    let about = [("facility", facility), ("area", area), ("spot", spot)];
    Ok(Act {
        title,
        lead: lead.to_owned(),
        button,
        post: query(&format!("{PATH}/{name}"), &about),
        back: query(PATH, &[("facility", facility), ("area", area)]),
        form: Form::read(&schema),
        value: object(json!({})),
    })
}

/// What the place of the address is called; never what the address says it is called.
async fn label(desk: &Desk) -> Result<String, Fault> {
    only(desk, HOME)?;
    let (facility, area, spot) = (
        desk.query("facility"),
        desk.query("area"),
        desk.query("spot"),
    );
    let backends = desk.state.backends();
    let spots = match area {
        "" => {
            backends
                .keeper_list(desk.who()?, facility)
                .await?
                .to_inspect
        }
        area => backends.place_plan(facility, area).await?.spots,
    };
    let found = spots.into_iter().find(|one| one.id == spot);
    found.map(|one| one.label).ok_or_else(|| {
        let message = "没有找到这个位置，请从平面图下面的表里重新选。";
        Fault::new(Code::NotFound, "SPOT_UNKNOWN", message)
    })
}
