//! Items by the names that people use.

/// What people say instead of the official name.
pub(super) fn common_names(title: &str) -> &'static str {
    match title {
        title if title.contains("最低生活保障") => "低保 吃低保 贫困 困难 没钱 补助 低保户",
        title if title.contains("特困") => "五保 孤寡",
        title if title.contains("高龄") => "老人 补贴 八十岁",
        title if title.contains("残疾") => "残补",
        title if title.contains("结婚") => "领证 扯证 婚姻 复婚 补办",
        title if title.contains("离婚") => "婚姻 离异 冷静期",
        title if title.contains("治丧") => "去世 死亡 亲人 火化 殡仪馆 遗体 告别 白事 丧事",
        title if title.contains("骨灰安放") => "墓地 墓位 公墓 格位 骨灰 安葬 树葬 下葬",
        title if title.contains("生态安葬") => "树葬 海葬 奖励 补贴 补助",
        title if title.contains("助学") => "孤儿 上大学 学费 上学 读书",
        title if title.contains("明天计划") => "孤儿 看病 手术 康复 治疗",
        title if title.contains("事实无人抚养") => {
            "孤儿 困境儿童 父母坐牢 服刑 失联 戒毒 补贴 生活费"
        }
        title if title.contains("孤儿") => "没有父母 生活费 补助 困境儿童",
        title if title.contains("委托照护") => "留守儿童 外出打工 临时照护 托付 爷爷奶奶",
        title if title.contains("关爱服务") => "留守儿童 困境儿童 流动儿童",
        title if title.contains("寄养") => "寄养家庭",
        title if title.contains("收养") => "领养 抱养 过继",
        title if title.contains("补领") => "婚姻 结婚证 离婚证 丢了 补办 补证",
        _ => "",
    }
}
