package config

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"copydesk/pipeline/matter"
	"copydesk/pipeline/report"
)

// An Option is one exported field of a step's or a rule's struct that carries the tags
// `option:"name" help:"what it does"`, and where only some words are allowed, `values:"a,b"`. The fields
// of an embedded struct count as the struct's own. With `keys:"from,to"` each item of a list is a mapping
// with those two keys in a config file, and "FROM => TO" on the command line.
type Option struct {
	Name   string
	Help   string
	Values []string // the words allowed; nil means any
	Path   bool     // it is the path of a file
	Keys   []string // what an item of the list is made of; nil for plain items
	Pairs  bool     // it is a list of name=value, in a config file a mapping
	Inside bool     // it is such a path, and a config names only what lies in its own folder
	Flag   bool     // only a command line sets it: a config may come with someone else's articles
	value  reflect.Value
}

// Options lists the options of a pointer to a struct, in the order of its fields.
func Options(target any) []Option {
	v := reflect.ValueOf(target)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return nil
	}
	return fields(v.Elem())
}

func fields(v reflect.Value) (all []Option) {
	for i, t := 0, v.Type(); i < t.NumField(); i++ {
		name, ok := t.Field(i).Tag.Lookup("option")
		if !ok {
			if t.Field(i).Anonymous && t.Field(i).Type.Kind() == reflect.Struct {
				all = append(all, fields(v.Field(i))...)
			}
			continue
		}
		o := Option{Name: name, Help: t.Field(i).Tag.Get("help"), value: v.Field(i)}
		if words := t.Field(i).Tag.Get("values"); words != "" {
			o.Values = strings.Split(words, ",")
		}
		if keys := t.Field(i).Tag.Get("keys"); keys != "" {
			o.Keys = strings.Split(keys, ",")
		}
		o.Inside = t.Field(i).Tag.Get("path") == "inside"
		_, o.Path = t.Field(i).Tag.Lookup("path")
		_, o.Pairs = t.Field(i).Tag.Lookup("pairs")
		_, o.Flag = t.Field(i).Tag.Lookup("flag")
		all = append(all, o)
	}
	return all
}

// FindOption returns the option of the name. The error says which one was probably meant.
func FindOption(options []Option, name string) (Option, error) {
	names := make([]string, len(options))
	for i, o := range options {
		if names[i] = o.Name; o.Name == name {
			return o, nil
		}
	}
	return Option{}, fmt.Errorf("unknown option %q%s", name, didYouMean(name, names))
}

func didYouMean(word string, known []string) string {
	if near := report.Suggest(word, known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

// Type is the type of the option's values: "string", "integer", "number", "boolean", "duration" or "list of …".
func (o Option) Type() string { return typeName(o.value.Type()) }

var durationType = reflect.TypeFor[time.Duration]()

func typeName(t reflect.Type) string {
	switch {
	case t == durationType:
		return "duration"
	case t.Kind() == reflect.Slice:
		return "list of " + typeName(t.Elem()) + "s"
	case t.Kind() == reflect.Bool:
		return "boolean"
	case t.Kind() >= reflect.Int && t.Kind() <= reflect.Int64:
		return "integer"
	case t.Kind() == reflect.Float64:
		return "number"
	default:
		return "string"
	}
}

// IsBool tells whether the option is a switch.
func (o Option) IsBool() bool { return o.value.Kind() == reflect.Bool }

// String is the option's value as SetText reads it.
func (o Option) String() string {
	if o.value.Kind() != reflect.Slice {
		return fmt.Sprint(o.value.Interface())
	}
	parts := make([]string, o.value.Len())
	for i := range parts {
		parts[i] = fmt.Sprint(o.value.Index(i).Interface())
	}
	return strings.Join(parts, ",")
}

// SetText sets the option from a command line: a list is split at commas, unless its items have keys.
func (o Option) SetText(text string) error {
	if o.value.Kind() != reflect.Slice {
		return o.set(o.value, text)
	}
	return o.SetList([]string{text})
}

// keyed joins the parts of an item that has keys.
const keyed = " => "

// SetList sets a list from a flag that was given several times, each value as SetText has it.
func (o Option) SetList(texts []string) error {
	var parts []string
	for _, text := range texts {
		switch {
		case text == "":
		case o.Keys != nil:
			parts = append(parts, text)
		default:
			parts = append(parts, strings.Split(text, ",")...)
		}
	}
	list := reflect.MakeSlice(o.value.Type(), len(parts), len(parts))
	for i, part := range parts {
		if err := o.set(list.Index(i), strings.TrimSpace(part)); err != nil {
			return err
		}
	}
	o.value.Set(list)
	return nil
}

// SetNode sets the option from a value of a config file, strictly by its type. With an error
// comes the value, or the item of a list, that is wrong.
func (o Option) SetNode(n *matter.Node) (wrong *matter.Node, err error) {
	list, t := o.value.Kind() == reflect.Slice, o.value.Type()
	items := []*matter.Node{n}
	if list {
		t = t.Elem()
		switch r := n.Resolve(); {
		case r.Kind == matter.Sequence:
			items = r.Items
		case r.Kind == matter.Mapping && o.Pairs:
			return o.setPairs(r)
		}
	}
	values := reflect.MakeSlice(reflect.SliceOf(t), len(items), len(items))
	for i, item := range items {
		text, wrong, err := o.item(t, item.Resolve())
		if err == nil {
			err = o.set(values.Index(i), text)
		}
		if wrong != nil {
			item = wrong
		}
		if err != nil {
			return item, err
		}
	}
	if list {
		o.value.Set(values)
	} else {
		o.value.Set(values.Index(0))
	}
	return nil, nil
}

// item is the text of one value, or of one item of a list. With an error comes what is wrong in it, if that
// is a part.
func (o Option) item(t reflect.Type, n *matter.Node) (text string, wrong *matter.Node, err error) {
	if o.Keys == nil || n.Kind != matter.Mapping {
		return n.Text(), nil, o.fits(t, n)
	}
	for _, e := range n.Entries {
		if !slices.Contains(o.Keys, e.Key) {
			return "", e.Value, fmt.Errorf("unknown key %q in an item of option %s%s", e.Key, o.Name, didYouMean(e.Key, o.Keys))
		}
	}
	parts := make([]string, len(o.Keys))
	for i, key := range o.Keys {
		part := n.Get(key)
		if part == nil {
			return "", nil, fmt.Errorf("an item of option %s has the keys %s, and this one lacks %q", o.Name, strings.Join(o.Keys, " and "), key)
		}
		if err := o.fits(t, part.Resolve()); err != nil {
			return "", part, err
		}
		parts[i] = part.Text()
	}
	return strings.Join(parts, keyed), nil, nil
}

// setPairs sets a list of name=value from a mapping.
func (o Option) setPairs(n *matter.Node) (wrong *matter.Node, err error) {
	values := reflect.MakeSlice(o.value.Type(), len(n.Entries), len(n.Entries))
	for i, e := range n.Entries {
		if kind := e.Value.Resolve().Kind; o.fits(o.value.Type().Elem(), e.Value.Resolve()) != nil {
			return e.Value, fmt.Errorf("option %s takes a text for %q, and this is a %s", o.Name, e.Key, kind)
		}
		values.Index(i).SetString(e.Key + "=" + e.Value.Text())
	}
	o.value.Set(values)
	return nil, nil
}

// fits checks the type of a config value.
func (o Option) fits(t reflect.Type, n *matter.Node) error {
	var ok bool
	switch typeName(t) {
	case "boolean":
		ok = n.Kind == matter.Bool
	case "integer":
		ok = n.Kind == matter.Int
	case "number":
		ok = n.Kind == matter.Int || n.Kind == matter.Float
	default:
		ok = n.Kind != matter.Mapping && n.Kind != matter.Sequence && n.Kind != matter.Null
	}
	if !ok {
		return fmt.Errorf("option %s takes a %s, and this is a %s", o.Name, o.Type(), n.Kind)
	}
	return nil
}

func (o Option) set(v reflect.Value, text string) error {
	wrong := fmt.Errorf("option %s takes a %s, not %q", o.Name, typeName(v.Type()), text)
	switch typeName(v.Type()) {
	case "boolean":
		b, err := strconv.ParseBool(text)
		if err != nil {
			return wrong
		}
		v.SetBool(b)
	case "integer":
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || v.OverflowInt(n) {
			return wrong
		}
		v.SetInt(n)
	case "number":
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return wrong
		}
		v.SetFloat(f)
	case "duration":
		d, err := time.ParseDuration(text)
		if err != nil {
			return wrong
		}
		v.SetInt(int64(d))
	default:
		if o.Values != nil && !slices.Contains(o.Values, text) {
			return fmt.Errorf("option %s is one of %s, not %q%s", o.Name,
				strings.Join(o.Values, ", "), text, didYouMean(text, o.Values))
		}
		v.SetString(text)
	}
	return nil
}
