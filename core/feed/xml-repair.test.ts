import { describe, expect, it } from 'vitest';
import { repairXml } from './xml-repair.ts';

const repaired = (xml: string) => [...repairXml(xml)].join('');

describe('repairXml', () => {
  it.each([
    ['<a>R&B</a>', '<a>R&amp;B</a>'],
    ['<a>Q&</a>', '<a>Q&amp;</a>'],
    ['<a b="?x&y"/>', '<a b="?x&amp;y"/>'],
    ['<a>a < b <3 <- c</a>', '<a>a &lt; b &lt;3 &lt;- c</a>'],
    ['<a>&amp;&lt;&#38;&#x3C;&quot;</a>', '<a>&#38;&#60;&#38;&#60;&#34;</a>'],
    ['<a>&eacute;&nbsp;&hellip;&#233;&#xe9;</a>', '<a>é\u00a0…éé</a>'],
    ['<a>&#146;</a>', '<a>’</a>'],
    [
      '<a>&lol; &__proto__; &constructor;</a>',
      '<a>&amp;lol; &amp;__proto__; &amp;constructor;</a>',
    ],
    [
      '<a>&#0; &#xd800; &#x110000; &#; &#x;</a>',
      '<a>&amp;#0; &amp;#xd800; &amp;#x110000; &amp;#; &amp;#x;</a>',
    ],
    ['<a>&amp;lt;</a>', '<a>&#38;lt;</a>'],
    ['<a><![CDATA[R&B <3 &amp; <!-- x -->]]></a>', '<a><![CDATA[R&B <3 &amp; <!-- x -->]]></a>'],
    ['<a><!-- <b> & -->x<?php < ?>y</a>', '<a>xy</a>'],
    ['<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', '<a/>'],
    ['<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d SYSTEM "e">]><a>&b;</a>', '<a>&amp;b;</a>'],
    ['<a>wow <!important></a>', '<a>wow &lt;!important></a>'],
    ['<a>\0b\u0008c\u001b\ufffe\ud800</a>\t\r\n', '<a>bc</a>\t\r\n'],
    ['<a>🎧</a>', '<a>🎧</a>'],
    ['<a>b<!-- ', '<a>b'],
    ['<a><![CDATA[ b', '<a><![CDATA[ b'],
  ])('%j', (xml, expected) => {
    expect(repaired(xml)).toBe(expected);
  });
});
