import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseHex } from '../std/bytes.ts'
import { decode } from './block.ts'
import * as Mweb from './block-mweb.ts'

/**
 * Block 433 of a regtest chain that we mined with litecoind 0.21.2.1: a coinbase, a HogEx, and an MWEB block of one
 * input, two outputs and one kernel.
 */
const BLOCK = parseHex(
  `
0000002069734bd29f921e11dac19d3d1074b622f975b3cabc3448fc3bbfdac07407b724b85371c41e48b1715e4c71b63cc68228062b36f3de8dec
ba925927a1a32e4455e30d026bffff7f20010000000202000000000101000000000000000000000000000000000000000000000000000000000000
0000ffffffff0502b1010101ffffffff02bc8b814a0000000016001410b7ef6981ec6a9cdaf0807ef7951eadc96567240000000000000000266a24
aa21a9ed14574ac7c7f67f04a33a09d341c77b897452c8d0ff2f5a99e12d1dd59b8142d50120000000000000000000000000000000000000000000
000000000000000000000000000000020000000008013d99e6988a4e02d34f21dacb2701f97f39a414e9c4c8add9046ddcd3bcb8513c0000000000
ffffffff015c1e814a000000002258202c3be787ea119d1f4708f67be1d4658efa3420c5d99ccf80187304d7b2891ef20000000000018231952c69
de95f8a37e1b3fba30017d029ac8be0e3bc52d788d163e6c34bebf3c44600c109cc8bf7c93f7bfb7dd5fe36383182b755f96d6d9a23c3c84de13e7
9333cf416ea3d113aeb646ba57b0d1c96d1ecfbd675b5100b8aa0ba3eea80433705d40497214b8f3d5cbce4ac89057a41453927e2ce36d17c51741
936e5b990e564fe3ced5d908bbceab8bcfa06a992284c0a8a56e7f6081de05f160e9d7c7f82c3004010101f4b831c78f15ebb591c3a7770ee78413
857952ba804601a97e9890ffac004d9308155b6c98918029b609b899ab6d00882d3e14dae86dbfefce7ebb7d16621056b0020dfc48a7d76f1d3bf9
144a4e81670cb45269e79044ca58d0b8b2874111db1dbb03ca4828cd83dc6613ec5657e1f16dd3b160f639dc861613e82fc88741ec2b4d6d200c66
55803541b0051d92b13e183ba3c0e08b49c3cf8a0013c7dfbda4061787512f4282a08209ef2e221ab20a43a7b333a7c9bad8c52bdaa976ee24eb5c
047402090eb55e21b641bfdef8b16f397bc56151fc3c7382ad7cd3455f740ae61440c2d50244e488edcba0f23e42b0f489f71327c4a934391b8b71
4256c0b69d8fe4e8c4da03e156706d70c13f30583498fd5ff046e745c27ec8f7a4516f2e5d56cd9d0955e90103894456a37e7703041d97b6c2ae3a
93f541cc8c4915930e0274b5b1b4e03ff7ebe6655d003ec740d58c32d33df2ce129f9db70eb3adbadfe8e9fd61dfcc62c54b40c08db6c2561eefa8
efa5bb2893c7d01346a7765660a40af0c72cb1366260c2d5c993691f2604501012ef85d3a88645b0edfe4c7e7e175c9303c1cfd9a0c0b6df02069b
ac10cfcafa49640bb8e2bbe47ea13e1f955d7d678495b685ae197d0cf983e3862bbed35460123b11ae027be1a96b3f3f834fbc2e6d081c2f65c8bd
ca79d0beebcdd581dbfa6f51efe0a2bc768370cd9dd387fde9eb6b98ae5d146591fa77bffa815fe26222bb4423a6fc5f78df11f95b061bfd689bff
00d8d623d3c41f1860d2719d98d81c24283063c4578ea40e2112820539fbcb68f53d08959569343d30e2389661092da4a19c95bd6fd35a9be097e8
94f180de8e991dbbd8bed927d009387b3fd84b588a73799610a3f47dd90d3b8d7cb8b7e76816c5234feb0dfb9d3ba25bcfa6f274888994e490ab9e
43f1e7fbb0eed078d957637905c265dd94b4918eb3aec194839a0eaad7fa8c3c4c0ebc36230e389dfcb09303094a4a9458ec2ae1f316640d82cc7f
b3d5e8acaa0f78db4c0b9fbc0f1fa7c1570bcb056758ee964b8181fd43d4e657697863e18c6bb38d9d3ab0f0ddcacd483a09dea4093bb12d235b0c
89fddffb94ab1645e3e19c74ddb40129f81bb24596600e9b79eee54f54c7eba50a37fcdd8fa722ac9386cfcc3675d1d34b5bc95d0c39a9ef3dfc7e
a8a4cdf32d139f243df52e2b57950d248764882fd5bdbdab78d52290efd13e19899460d4f43bcb94dc78bd6dd0a5a0eaf78ee8983f48bb6f196fbb
47e20b0df3546ea3ee017ca89ea75b8f6361e603c3ee788d21bb93f0d7cb3f7d5a09d74e449a92d4b96c263d76ec3e8a1cf5eb1501d7f5df3c3657
afadf6f5e471acd0ece1d5b3f330f9a14a551ec37b08dbcb8fe2ab8e54ccb3c6be5a5154cb2aab9d3e7fc522ee90cdc04eb4fad1431c5f739d41f0
ea176f532cc956ad04c56a23c1f967abb30d841b96ae902582921011a45af5d55ebfb6526b3df795deb6860c6c9872abeba079e5765e73d754b5cd
5abf2e356288b4c399120939139b7309f1d3b8d9ffbbf8c65e6b89407e576820368f3e524a41a89547d4484fe535ebff0346a948cec2d7638ddbe4
4c130677379aa0c7dcf8a4ed3a9543c54e84379f21ea03048f11a882db13da31bbb08c7a3d59a1c3f5c6341b123c61946238029acb202c0102f2c5
f3339a37a28c38230906c957a427875e30e128e29c328911ebc75e796cebacd2bf1407ba4c3819df87b50db06ba68d69f6a1591d506df065584efb
f9ecb2bf5864ce2e564482566c888c9f4e835d4cea1f6fcf4804ee63fd338a5709d73a5d41289aba35ef476b761a7d2f203bb5715f4827672819bd
e003c1ca1dd119978a32f3713940d6a3c16632255b1a50fee9a847960a8243f582a49b9530815a949727062e4bcd603b4ac0d92ede0fba227a655f
0f866c052b113f503d4bb453227c6f2e2a7d8094fd8e8d2843fe0f4699cef8dff2a3feb24d2ce53a51bf75aecd94abea627b796131756b8ba9eecd
be393fa0706618669703de5d44821a86f041a1e1bd2c21fcfb0a27bd03ab88d52f15e0e39be400a4cc42e809fc8f3e8a078becec776634a9c800ac
dc11457c9707adf7e3dc1630cc14da287d55a2d368bbf2d15efcbb84ea43235a305814e902c827ed1a8700c6102292a87dfa4b7923f4a6f2569616
fde769292005ead52977af73d2d6a300ce9120ee1e6fcfee6a06ed7226f2c3afb609a0893c382e2953ef2a9ed9c6b6faab1be17de8d6fa0217865f
4d0e2cdb9643d95c15c07ccfdd9928bc19b78e724f2fe0b4c33268fd639c2cf6ad11cca7341d52a9e05b6022431ba8fe92d7a0db0d41501d2daaac
a2c47a3b5ad3b8b573e9a91cbd723c5704fd21eedf7fc50dc918e2780b94c5a0448bca38f4d91e6356e4332d6cf8e0c1f5e0a9c771e92fa6a89958
b4ecdc830974073f8a92dcd3b35ad10cb172b83fd719a09fb50f7be505a04a919ba6992f005b0552d3a09ef476e9a06f58ba561338d5e34b03a300
c5dd0632da6f76c574a43ed933baad658dc6de009387b85f1d3c0a4d95ce8ef6c86346a38b8f6df83fabc1eb4dd0c8e1765d965b7f48b1cb60ca2b
6a5ed477375904485497fbfbd373bd610b86b845aea5ba211aa2fa61fb79bee9bfca59475f5c7caf3413a762318d26f71886fbf449cffada43dd84
4fafdd73fa59eca7e33d05f28292f90aafddb4d0e193698e8827981caa2a59ebfe7178e112b7408fcb59db7b455bc1b36383f4f8913abf9554f2d4
4b3240bda311d94039a5a9a58dc78472e6fb21cae324d7bba5835601119d3c0259f7b2979204732ea8fe997045aad3992cc2fd50cb327a78dc2d92
7b8f332b2808e344871fb6275f14b06cca568b4012773d342aa258dc00ae42373f17aab5879a1ef44997956194031414f719cfb630c9fb184466a3
d5df262ed44a69bf323cf70be149b2ea7d8f646a22317f366fc91d10b1700a7425a444babb160a4798dff0`.replace(/\s/g, ''),
)!

test('a block with an MWEB tail is read to its last byte', () => {
  const decoded = decode(BLOCK, 'litecoin-regtest')
  assert.ok(decoded.ok)
  assert.equal(decoded.block.hash, '0360031dc26d64c1952ee713011fcf3d4dbdfffd4a178e520e891a0ac82c95dc')
  assert.equal(decoded.block.height, 433)
  assert.equal(decoded.witness, 'checked')
  assert.equal(decoded.block.transactions.length, 2)
  assert.deepEqual(decoded.block.transactions[1], {
    txid: '59c4feb88841c7e697ece95f62715582d47cabb94b7c680b29f0c34190d27a59',
    coinbase: false,
    inputs: [
      {
        txid: '3c51b8bcd3dc6d04d9adc8c4e914a4397ff90127cbda214fd3024e8a98e6993d',
        index: 0,
        units: null,
        address: null,
        singleAnyoneCanPay: false,
      },
    ],
    // The block's own HogAddr: what MWEB holds in all. It pays no address.
    outputs: [{ units: 1_249_975_900n, address: null }],
    form: { version: 2, lockTime: 0, weight: 376, replaceable: false },
  })
})

test('cut off anywhere it is refused', () => {
  for (let length = 81; length < BLOCK.length; length += 7) {
    assert.equal(decode(BLOCK.slice(0, length), 'litecoin-regtest').ok, false, `${length}`)
  }
})

test('bytes after the tail, and the flag on another network', () => {
  const longer = decode(Uint8Array.of(...BLOCK, 0), 'litecoin-regtest')
  assert.deepEqual(longer, { ok: false, reason: 'trailing-bytes', offset: BLOCK.length })
  const bitcoin = decode(BLOCK, 'bitcoin-regtest')
  assert.equal(bitcoin.ok, false)
})

test('counts beyond the bytes that are left', () => {
  // Present; height 1; five hashes; two sizes; 2^64 − 1 inputs.
  const head = [1, 1, ...new Array<number>(160).fill(0), 0, 0]
  const bytes = Uint8Array.from([...head, 0xff, ...new Array<number>(8).fill(0xff)])
  assert.equal(Mweb.skipBlock(bytes, 0, bytes.length), -1)
  assert.equal(Mweb.skipBlock(Uint8Array.from([...head, 0, 0, 0]), 0, head.length + 3), head.length + 3)
  assert.equal(Mweb.skipBlock(Uint8Array.from(head), 0, head.length), -1)
})

test('a kernel with every part', () => {
  const head = [1, 1, ...new Array<number>(160).fill(0), 0, 0, 0, 0, 1]
  // Fee 5, peg-in 300, one peg-out of 1 to two bytes, lock height 9, stealth excess, extra data of 3 bytes.
  const parts = [0x3f, 5, 0x81, 0x2c, 1, 1, 2, 0x51, 0x51, 9, ...new Array<number>(33).fill(2), 3, 1, 2, 3]
  const kernel = [...parts, ...new Array<number>(33 + 64).fill(8)]
  const bytes = Uint8Array.from([...head, ...kernel])
  assert.equal(Mweb.skipBlock(bytes, 0, bytes.length), bytes.length)
  assert.equal(Mweb.skipBlock(bytes, 0, bytes.length - 1), -1)
})
