//! The part of a division's name that people say: 谷城 for 谷城县, 兰坪 for 兰坪白族普米族自治县.

const ENDS: [&str; 17] = [
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "林区",
    "特区",
    "新区",
    "矿区",
    "省",
    "市",
    "县",
    "盟",
    "州",
];

const PEOPLES: [&str; 51] = [
    "蒙古族",
    "蒙古",
    "回族",
    "藏族",
    "维吾尔",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克族",
    "哈萨克",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯",
    "普米族",
    "塔吉克",
    "怒族",
    "鄂温克族",
    "德昂族",
    "保安族",
    "裕固族",
    "独龙族",
    "鄂伦春",
    "各族",
    "阿昌族",
    "京族",
    "高山族",
];

/// The stem; the name itself when nothing of two characters would be left.
pub fn stem(name: &str) -> &str {
    let keeps = |s: &str| s.chars().count() >= 2;
    let mut out = name;
    let ends = ENDS.iter().chain(["区", "旗"].iter());
    if let Some(short) = ends.filter_map(|e| out.strip_suffix(e)).find(|s| keeps(s)) {
        out = short;
    }
    while let Some(short) = PEOPLES
        .iter()
        .filter_map(|p| out.strip_suffix(p))
        .find(|s| keeps(s))
    {
        out = short;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn leaves_what_is_said() {
        assert_eq!(stem("谷城县"), "谷城");
        assert_eq!(stem("兰坪白族普米族自治县"), "兰坪");
        assert_eq!(stem("广西壮族自治区"), "广西");
        assert_eq!(stem("南县"), "南县");
        assert_eq!(stem("巴林右旗"), "巴林右");
    }
}
