package article_test
import ("testing";"fmt";"time";"strings";"copydesk/pipeline/article")
func TestZZ(t *testing.T){ 
 for _, f := range []string{"yaml","toml","json"} {
 var b strings.Builder
 for i := range 100000 { fmt.Fprintf(&b, `,"k%d":%d`, i, i) }
 s := fmt.Sprintf(`{"copydesk":1,"path":"a","frontMatter":{"format":%q,"data":{%s}},"body":{"raw":""}}`, f, b.String()[1:])
 begin := time.Now()
 _, err := article.Decode([]byte(s)); e := fmt.Sprint(err); t.Log(f, time.Since(begin), e[:min(200,len(e))])
 deep := strings.Repeat(`{"a":`, 9990) + "1" + strings.Repeat("}", 9990)
 s = fmt.Sprintf(`{"copydesk":1,"path":"a","frontMatter":{"format":%q,"data":%s},"body":{"raw":""}}`, f, deep)
 begin = time.Now()
 _, err = article.Decode([]byte(s)); e = fmt.Sprint(err); t.Log(f, time.Since(begin), e[:min(200,len(e))])
 }
}
